"""The addresses of articles, their review, drafts and sources."""

from django.urls import path

from forecasts.pages.views import articles, drafting, reviewing

urlpatterns = [
    path("articles/", articles.articles, name="articles"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/card.png", articles.card, name="article-card"),
    path("sources/", articles.sources, name="sources"),
    path("sources/<int:pk>/", articles.source, name="source"),
    path("articles/<int:pk>/review/", reviewing.review, name="review"),
    path("articles/<int:pk>/review/act/", reviewing.act, name="review-act"),
    path("articles/<int:pk>/review/state/", reviewing.state, name="review-state"),
    path("statements/<int:pk>/draft/", drafting.draft, name="draft"),
    path("statements/<int:pk>/draft/preview/", drafting.preview, name="draft-preview"),
]
