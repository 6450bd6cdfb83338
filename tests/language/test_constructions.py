"""What must be told apart, construction by construction: sentences that look ahead, and lookalikes that do not."""

import pytest

from forecasts.language import find_statements

AHEAD: dict[str, tuple[str, ...]] = {
    "what hangs in the air": (
        "The truce hangs by a thread.",
        "The outcome of the talks remains uncertain.",
        "Hopes are fading for a quick settlement.",
        "Whether the corridor reopens is unclear.",
        "War is coming, a shopkeeper said.",
        "The window for diplomacy is closing.",
        "A military victory is impossible for either side.",
    ),
    "steps on their way": (
        "The army is massing troops ahead of an assault on the port.",
        "The bloc is working on a new package of sanctions.",
        "The militia has until noon to leave or face attack.",
        "The next round of talks is in the capital.",
        "The accord provides for the withdrawal of all forces within 60 days.",
        "The alliance announced that it was going to send more soldiers.",
    ),
    "may, the verb": (
        "The rebels may strike the port tonight.",
        "Fighting may well spread to the south.",
        "In May the truce may finally hold, a mediator said.",
        "Donors may yet change their minds.",
        "“May” was the word he used: talks may resume.",
    ),
    "will, the verb": (
        "The army will not leave the valley, its commander said.",
        "They’ll be in the capital by Friday.",
        "He won't sign without guarantees.",
        "Where there is political will, he said, money will follow.",
        "WILL THEY? THEY WILL STRIKE AGAIN, THE LEAFLET SAID.",
    ),
    "future in reported speech": (
        "The minister said there would be no amnesty.",
        "She told reporters that aid would start flowing within days.",
        "The envoy said the two sides were to meet in Oslo on Friday.",
        "The general warned that his men would shoot at any drone.",
        "Officials said a further 500 police would be sent to the border.",
    ),
    "pledges and threats": (
        "The president pledged to end the siege.",
        "The militia threatened to close the strait.",
        "Tehran has vowed a crushing answer.",
        "The junta promised elections within two years.",
        "Berlin guaranteed that the batteries would arrive before winter.",
        "The group swore revenge.",
        "The government plans to buy forty more helicopters.",
    ),
    "outlook nouns": (
        "The arrests raised fears of a wider purge.",
        "There is a risk of cholera in the camps.",
        "Prospects for a deal before the vote are slim.",
        "The fall of the town raises concerns about the country’s possible break-up.",
        "There are indications of a potential deal, an official said.",
        "Alarm is growing over a looming assault on the city.",
        "Villages along the river are at risk of flooding.",
    ),
    "idioms": (
        "It is a matter of when, not if.",
        "The country is on the brink of famine.",
        "The two capitals are on a collision course.",
        "Peace still seems far off.",
        "The worst is still ahead of us, a nurse said.",
        "Residents were bracing for a siege.",
        "The alliance’s days are numbered.",
        "What lies ahead is a winter of hunger.",
    ),
    "readiness": (
        "Kyiv is willing to extend the pause.",
        "The rebels signalled their readiness for direct talks.",
        "Moscow said it was open to talks on the corridor.",
        "We stand ready to meet anywhere.",
        "The bloc stands ready to lift its sanctions.",
        "Both governments expressed their willingness to reopen the border.",
    ),
    "schedules": (
        "The summit is slated for 4 June.",
        "Voting is scheduled to begin on Sunday.",
        "A Hamas delegation is due in Cairo on Monday.",
        "The ceasefire expires at midnight on Friday.",
        "The first trucks should arrive on Tuesday.",
        "The force should be in place by January.",
        "The mission leaves at the end of the month.",
        "The council has scheduled an emergency session for 14 November.",
        "Voting is tentatively set for 2028.",
    ),
    "conditions": (
        "If the dam breaks, four towns go under water.",
        "Should the talks fail, both armies are likely to move.",
        "Unless rain comes soon, the harvest is lost.",
        "Were the line to break, nothing would stop them.",
        "There can be no truce unless prisoners are freed.",
    ),
    "hedged can": (
        "The dispute can still escalate, analysts warn.",
        "Things can only get worse, a trader said.",
        "A second landing cannot be ruled out.",
        "The garrison cannot hold out much longer.",
        "Residents can expect longer cuts.",
    ),
    "trends": (
        "Fighting shows no sign of easing.",
        "The country is sliding towards civil war.",
        "Fuel is running out, and the pumps with it.",
        "Famine looms in the north.",
        "Half the people face starvation.",
        "The two sides are inching closer to a deal.",
        "War between the neighbours looks increasingly likely.",
    ),
    "headlines": (
        "Army to withdraw from river towns",
        "UN envoy to visit Khartoum",
        "Turkey set to host third round of talks",
        "Hamas delegation due in Cairo on Monday for truce talks",
        "Rebels poised to take airport",
        "Strait faces closure as navies gather",
    ),
    "quotation marks in the middle": (
        "NATO says its force is ‘ready to intervene’ in the north",
        "The bloc threatened the junta with “political consequences”.",
        "The president said he expected “difficult discussions”.",
        "The general vowed to “crush” the revolt.",
        "The mission warned of “clear preparations for intensified hostilities”.",
    ),
    "judgements of likelihood": (
        "Diplomats consider a truce unlikely.",
        "A long war seems probable.",
        "Chances of a settlement are slim.",
        "It doesn’t seem likely to end soon.",
        "The odds of a second coup are growing.",
    ),
}

NOT_AHEAD: dict[str, tuple[str, ...]] = {
    "may, the month": (
        "In May the rebels struck the port.",
        "The report of 12 May accuses both sides.",
        "Elections held in May were boycotted.",
        "Since May, prices have doubled.",
        "May was the bloodiest month of the year.",
        "Theresa May met the king.",
    ),
    "will, the noun": (
        "The council lacks the will to act.",
        "Public will has faded.",
        "They stayed against their will.",
        "He left the house in his will.",
        "It was a test of political will.",
    ),
    "hedges about the past": (
        "The rebels may have struck the port.",
        "The pilot might have mistaken the truck for a launcher.",
        "The shell could have come from either side.",
        "As many as forty may have drowned.",
        "It is possible that the order was never given.",
        "Insurers say premiums may be rising already.",
        "The fire may be the work of arsonists.",
    ),
    "past forecasts": (
        "The campaign was expected to last a week but took a year.",
        "Analysts had predicted a quick victory.",
        "He was going to resign, then changed his mind.",
        "The convoy had been due in March.",
        "They had planned to cross at dawn.",
        "The truce was supposed to last until June.",
        "What would become the longest siege of the war began in April.",
    ),
    "aims": (
        "The operation aims to cut the supply road.",
        "The purpose of the law is to protect villages.",
        "The group wants to rule the whole island.",
        "Its goal is to break the blockade.",
        "The project seeks to plant trees along the front.",
        "The patrols are meant to reassure farmers.",
    ),
    "calls and norms": (
        "The bloc called for an immediate ceasefire.",
        "Both sides must respect hospitals.",
        "The minister urged residents to leave the city.",
        "Washington expects the group to disarm.",
        "The court ordered the army to let aid through.",
        "The council should lift the embargo.",
        "Aid agencies appealed for funds.",
    ),
    "attributive words": (
        "They reached a potential compromise.",
        "In a likely reference to the king, he spoke of thieves.",
        "The probable cause was a short circuit.",
        "It is a possible war crime, the lawyer said.",
        "The would-be assassin was shot.",
    ),
    "questions": (
        "Will the ceasefire hold?",
        "What will happen to the prisoners?",
        "Could the war spread?",
        "“Who will bury them?” a widow asked.",
        "Is a deal likely?",
    ),
    "evaluations and facts": (
        "The victory is a blow to the government.",
        "The town has symbolic value for both armies.",
        "Thousands fled across the river.",
        "The army denies using drones.",
        "It was the deadliest raid in years.",
        "Each winter the pass closes for weeks.",
    ),
    "warnings of what has happened": (
        "Sirens warned of the attack minutes earlier.",
        "She warned that the well had been poisoned.",
        "The army warned residents to stay indoors.",
        "He warned against hasty conclusions.",
        "The ship sank without warning.",
        "Aid groups warn that the true toll could be far higher.",
    ),
    "habits and refusals of the past": (
        "As a child she would walk to the river.",
        "He would not comment on the report.",
        "Every night the guns would fall silent at nine.",
        "Villagers could hear the shelling.",
        "The village could not be reached by phone.",
        "It was not immediately clear how big the force would be.",
    ),
}


@pytest.mark.parametrize(
    ("construction", "sentence"), [(name, sentence) for name, group in AHEAD.items() for sentence in group]
)
def test_a_sentence_that_looks_ahead_is_found(construction: str, sentence: str) -> None:
    assert len(find_statements(sentence)) == 1


@pytest.mark.parametrize(
    ("construction", "sentence"), [(name, sentence) for name, group in NOT_AHEAD.items() for sentence in group]
)
def test_a_lookalike_is_left_alone(construction: str, sentence: str) -> None:
    assert find_statements(sentence) == []


def test_each_construction_has_at_least_five_examples() -> None:
    assert all(len(group) >= 5 for group in (*AHEAD.values(), *NOT_AHEAD.values()))
