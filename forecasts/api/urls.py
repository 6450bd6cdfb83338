"""The API's addresses. The version is the namespace."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from forecasts.api import documentation
from forecasts.api.articles import ArticleView, StatementView
from forecasts.api.attribution import AttributionView
from forecasts.api.calibration import (
    CalibrationPng,
    CalibrationSpecification,
    CalibrationSvg,
    CalibrationTable,
    CalibrationView,
)
from forecasts.api.comparison import ComparisonView
from forecasts.api.estimates import EstimateView
from forecasts.api.evidence import CountView, FeedView, SpecView, VintageView
from forecasts.api.forecasts import ForecastView
from forecasts.api.histories import HistoryPng, HistorySvg, HistoryView
from forecasts.api.resolutions import ResolutionView
from forecasts.api.resources import NoSuchAddress
from forecasts.api.scenarios import ScenarioView
from forecasts.api.sources import SourceView
from forecasts.api.tokens import TokenView

router = SimpleRouter()
router.register("articles", ArticleView, "article")
router.register("sources", SourceView, "source")
router.register("statements", StatementView, "statement")
router.register("scenarios", ScenarioView, "scenario")
router.register("forecasts", ForecastView, "forecast")
router.register("estimates", EstimateView, "estimate")
router.register("vintages", VintageView, "vintage")
router.register("specs", SpecView, "spec")
router.register("counts", CountView, "count")
router.register("resolutions", ResolutionView, "resolution")

v1 = (
    [
        *router.urls,
        path("calibration/", CalibrationView.as_view(), name="calibration"),
        path("calibration.csv", CalibrationTable.as_view(), name="calibration-csv"),
        path("calibration.svg", CalibrationSvg.as_view(), name="calibration-svg"),
        path("calibration.png", CalibrationPng.as_view(), name="calibration-png"),
        path("calibration.vl.json", CalibrationSpecification.as_view(), name="calibration-vl-json"),
        path("forecasts/<int:pk>/history.svg", HistorySvg.as_view(), name="history-svg"),
        path("forecasts/<int:pk>/history.png", HistoryPng.as_view(), name="history-png"),
        path("forecasts/<int:pk>/history.vl.json", HistoryView.as_view(), name="history-vl-json"),
        path("attribution/", AttributionView.as_view(), name="attribution"),
        path("comparison/", ComparisonView.as_view(), name="comparison"),
        path("feeds/", FeedView.as_view(), name="feeds"),
        path("tokens/", TokenView.as_view(), name="tokens"),
        path("schema/", documentation.schema, name="schema"),
        path("docs/", documentation.documentation, name="documentation"),
    ],
    "v1",
)
urlpatterns = [path("v1/", include(v1)), re_path(r"^(?:[\s\S]*)$", NoSuchAddress.as_view())]
