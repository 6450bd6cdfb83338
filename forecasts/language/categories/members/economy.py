"""Prices, money, trade, work."""

from datetime import timedelta

from forecasts.language.categories.authorities import AGENCIES, Authority
from forecasts.language.categories.record import Category
from forecasts.language.categories.template import Template
from forecasts.language.categories.weights import DECISIVE, FAIR, STRONG

_PRICES = Authority(
    "prices",
    "IMF Consumer Price Index (CPI) data set",
    "https://data.imf.org/",
    "monthly, about 45 days after the month",
    timedelta(days=75),
)

_KEYWORDS = {
    DECISIVE: """
        austerity, bailout*, bankrupt*, be on strike, budget deficit*, central bank, cost of living, credit
        rating*, economic collapse, economic crisis, economic growth, energy crisis, energy market*, energy
        price*, exchange rate*, food price inflation, foreign reserves, fuel price*, funding sources, gas
        deliver*, gas price*, gas supplies, gdp, go on strike, hyperinflation, industrial action, inflation,
        interest rate*, labor dispute, labour dispute, lease, leased, mineral deal, minerals deal, oil price*,
        pay dispute, picket*, pilots strike, public finances, purchasing power, rail strike*, rate cut*, rate
        hike*, recession*, sovereign debt, stagflation, state of the economy, stock market, strike ballot,
        strikes planned, tariff talks, trade agreement*, trade deal*, trade deficit*, trade talks, train
        strike*, tube strike*, walk out on, walkout*, workers strike, world economy
    """,
    STRONG: """
        banknotes, budget, business*, commerce, commercial, companies, company, costly, creditors, currency,
        debt, deficit*, devalu*, financial, gas, growth, imports, investment, investors, jobs, lenders, maritime
        trade, market*, minerals, mining, overtime, pensions, pipeline*, prices, prosperity, rare earth*,
        rebuild*, reconstruction, rent, reserve currency, revenue, shares, subsid*, surplus, tariffs on, tax,
        tender, tolls, tourism, trade union*, train drivers, treasury, unemployment, unions, wage talks, wages,
        workers
    """,
    FAIR: """
        bank, chip*, econom*, energy prices in, export, exports, fiscal, imf, industry, infrastructure, loan*, oil,
        revenue*, salaries, tax*, trade
    """,
}

_EXAMPLES = (
    "The trade deal may be dropped.",
    "The central bank is expected to act.",
    "Inflation is forecast to exceed 40 percent.",
    "The currency could be devalued again.",
    "A recession is likely.",
)

_TEMPLATES = (
    Template(
        key="economy-inflation",
        label="Inflation is at least so high",
        title="Annual inflation in {place} is at least {threshold} percent by {day}",
        criteria="YES if {source} gives annual inflation in {place} as at least {threshold} percent.",
        fine_print=(
            "Annual inflation means the change of the index of all consumer prices of the whole country against the "
            "same month of the year before, in percent, for any month that ends inside the window."
        ),
        authorities=(_PRICES, AGENCIES),
        blanks=("place", "threshold"),
        threshold=10,
        rule="peak",
        unit="percent",
        days=90,
    ),
    Template(
        key="economy-trade",
        label="Two governments sign an agreement on trade",
        title="{actor} and {object} sign an agreement on trade by {day}",
        criteria="YES if {source} report that {actor} and {object} have signed an agreement on trade with each other.",
        fine_print=(
            "An agreement on trade means one whose published terms change tariffs, quotas or access to markets. "
            "Memoranda of understanding and announcements without signature do not count; ratification is not needed."
        ),
        authorities=(AGENCIES,),
        blanks=("actor", "object"),
        days=90,
    ),
)

CATEGORY = Category(
    key="economy",
    label="economy",
    place=90,
    precedence=90,
    icon="M0 8h3v4H0ZM4.5 4.5h3V12h-3ZM9 1h3v11H9Z",
    colour=("#00573f", "#9fe6cf"),
    keywords=_KEYWORDS,
    examples=_EXAMPLES,
    templates=_TEMPLATES,
)
