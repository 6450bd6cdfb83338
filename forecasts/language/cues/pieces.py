"""Pieces that several rules share. All of them see folded text."""

from forecasts.language.folding import word_set


def any_of(words: frozenset[str]) -> str:
    """A pattern for any of the words that tries each letter once, however many words there are.

    >>> any_of(frozenset({"hold", "help"}))
    'h(?:elp|old)'
    """
    by_letter: dict[str, set[str]] = {}
    for word in words:
        by_letter.setdefault(word[:1], set()).add(word[1:])
    ended = by_letter.pop("", None) is not None
    branches = [letter + any_of(frozenset(rests)) for letter, rests in sorted(by_letter.items())]
    pattern = branches[0] if len(branches) == 1 and not ended else f"(?:{'|'.join(branches)})"
    return f"{pattern}?" if ended and branches else pattern if branches else ""


BASE_VERBS = word_set("""
abandon absorb accelerate accept access accompany accuse achieve acquire act adapt add address adjourn adopt advance
affect aggravate agree aid airlift allow alter ambush amend announce annex answer appeal appear apply appoint approach
approve arm arrest arrive ask assassinate assault assess assist assume attack attempt attend authorise authorize avenge
avert avoid await back balance ban bar battle be bear become begin benefit block blockade boost bolster bomb bombard
boycott brace break brief bring broaden broker build bury bypass call campaign cancel capitulate capture care carry cast
cause cede cease celebrate challenge change chair claim clash clear climb close coincide collapse combat come commence
commit compel complete complicate compound comply concede conclude condemn conduct confirm confiscate confront
consider consolidate constrain consult contain contest continue contribute control convene convince cooperate coordinate
cope cost counter cover crack create cripple criticise cross crush culminate curb cut damage deal debate decide declare
decline decrease deepen defeat defend defuse degrade delay deliver demand demobilise demolish deny depart depend deploy
deport deprive destabilise destabilize destroy deteriorate determine deter develop devastate die diminish disappear
disarm discuss dislodge dismantle dismiss displace disrupt dissolve distribute divert divide do dominate double downsize
drag drain draw drift drive drop ease edge elect elevate eliminate embark embolden emerge enable encircle encourage end
endanger endorse endure enforce engage engulf enhance enjoy ensure enter entrench eradicate erode erupt escalate escape
establish evacuate evict evolve exacerbate exceed exchange exclude execute exhaust exit expand expel experience expire
exploit explode explore export expose extend face facilitate fail fall falter fan feed feel fend field fight file fill
finalise finalize find finish fire flare flee float flood fly focus follow force fortify forge form formalise fracture
fragment free freeze fuel fulfil fulfill fund gain gather generate get give go govern grant grind grow guarantee
guard halt hamper hand handle hang happen harden harm hasten have head heal heighten help hike hinder hit hold honour
honor host hunt hurt ignite ignore impact impede impeach implement import impose improve include increase incur inflame
inflict influence inform inhibit initiate inject inspect install instigate integrate intensify intercept interfere
intervene introduce invade invest investigate invite invoke involve isolate issue join jeopardise jeopardize jolt
justify keep kick kidnap kill lack land last launch lead leave legitimise let level liberate lift limit link lose lower
maintain make manage march materialise materialize maximise mean mediate meet melt merge migrate mitigate mobilise
mobilize monitor mount move muster narrow nationalise need negotiate neutralise normalise normalize obliterate obstruct
observe obtain occupy occur offer open operate oppose organise orchestrate oust outlast outpace overrun oversee
overthrow overwhelm pacify paralyse paralyze participate pass patrol pause pave pay penetrate perish permit persist
persuade pile place play plead plunge police pose position postpone pour prepare present preserve press pressure prevail
prevent proceed process proclaim produce progress prohibit prolong promote prompt propose prosecute protect protest
prove provide provoke publish pull punish purchase purge pursue push put quell quit raid raise ratify ravage reach react
readmit rebound rebuild recall recapture recede receive recognise recognize recommend reconvene recover recruit
redeploy redraw reduce refer refrain refuse regain regroup reignite reimpose reinforce reinstate reject relaunch release
relieve relinquish relocate rely remain remove renew reopen repair repatriate repel replace report rescue reset
reshape reshuffle resign resist resolve resort respect respond restart restore restrict result resume resupply resurface
retain retake retaliate retreat return reunite reveal reverse review revive revoke ricochet rise risk roll ruin rule run
sabotage sack sacrifice safeguard salvage sanction save scale scrap scupper seal secure see seek seize sell send serve
set settle sever shake shape share shatter shell shift shoot show shrink shut sign signal sink siphon slash slide slip
slow soar solidify solve spare spark speak speed spend spill spiral split spread squeeze stabilise stabilize stage stall
stand start starve stay steer stem step stockpile stoke stop storm strain strangle strengthen strike strip struggle
submit succeed succumb suffer supersede supply support suppress surge surpass surrender surround survive suspend sustain
sweep swell swing tackle take talk target tear terminate test thaw threaten thwart tighten tip top topple torpedo total
trade train transfer transform transition transport trap travel treat trigger triple try turn uncover undercut
undergo undermine undertake unfreeze unify unite unleash unlock unravel unveil uphold upend uproot urge use usher
vacate vanish veto vie violate visit vote vow wage wait walk wane want warn watch weaken weather widen win wind withdraw
withhold withstand witness work worsen wreak wreck yield
bid bind bleed blame blow borrow breach bribe bridge bully burn burst buy capitalise capitalize certify charge chart
check
choke choose clamp clarify clean clinch coerce collect communicate compensate compete compose compromise conceal confine
conquer conscript construct contend convert convict crash cultivate dare debut decentralise dedicate deliberate derail
descend deserve detain detect devote dictate dig dilute disband disburse discipline disclose disconnect discourage
disengage dispatch disperse dispute disqualify dissuade distort dive diversify donate draft drown duck dump earmark earn
eat educate eject embrace employ empower empty enact encroach encounter enlist enrich enshrine ensue entail equip evade
evaluate evaporate examine exempt exercise exert exist exonerate expedite explain extinguish extort extract extradite
fade favour favor ferry fix flatten flex flourish flow forbid forecast forget forgive forgo foster found frustrate
furnish
gauge gamble grab greet grip guide hammer harass harbour harness harvest haul hear hide highlight hire hoist hone hope
humiliate identify imprison inaugurate incite incorporate indict induce infiltrate inherit insist inspire insulate
interrogate interrupt intimidate invalidate jail jam judge jump knock know lag lay learn let leverage levy liaise lie
linger list listen loan lobby lock look loom loosen loot mark mine minimise miss mix modernise modify motivate multiply
murder narrow nominate notify nullify obey oblige offset omit order outline outnumber outstrip outweigh overcome
overhaul
override overshadow overtake overturn owe own pardon part perform phase pick pilot plan plant please plot plug plunder
portray possess practise pray precipitate predict preside price print prioritise privatise probe procure profit
proliferate protest pump quadruple qualify quarantine quash question rally read readjust reaffirm realign realise rearm
reassert reassess reassure recalibrate reclaim reconcile reconsider reconnect record recur redirect redouble refine
refuel refund regulate rehabilitate reiterate remind renegotiate renounce reoccupy reorganise repay repeal repeat
replenish reply represent repress request rescind reside resettle resist restructure rethink retire retract retrieve
reunify revise revisit revolt reward rotate rush satisfy scale scatter screen search separate sentence shelve shield
ship shock shorten shoulder shrug shun shuttle simmer sit slam slaughter slump smash smuggle soften sort speak spell
splinter sponsor spur squander station steal stifle stir store strand strip subdue subside subsidise sue suggest summon
swap swear switch tamper tap tax teach tell tempt tend testify think thrive throw tie tolerate touch trace track trample
translate trickle trim trust twist unblock undo unfold unload unseat unsettle update upgrade upset value verify
vindicate
utilise comprise encompass institute mandate rehouse reconstruct refurbish renovate readmit recommit redefine
redistribute reframe reinstall reintegrate reinvigorate rejoin remedy remobilise reorient restock resubmit resurrect
retrain revert rework accompany acknowledge acquit adjudicate administer advise advocate afford aggregate align allege
alleviate allocate amplify appease apprehend approximate arbitrate assemble assure attain attract audit augment avail
baptise bail ballot base beg betray bolt book bounce brand broach bypass calm canvass cap categorise censor censure
cite civilianise clone coexist collaborate commemorate commend commute compile conceive concur condone configure confirm
conserve consign constitute consume converge convey counteract criminalise cruise culminate customise debate debrief
decline decommission decriminalise deem default defect defer define defraud delegate delineate demarcate demonstrate
denounce depict deprioritise describe designate desist detonate detract devalue diagnose differ differentiate digest
disable disagree discard discharge discover discriminate disentangle disguise dismount disown dispel disqualify
dissipate diverge divulge document drill dwindle dwell ease elaborate elicit elude embed emerge emigrate emphasise
encrypt endow enquire enslave entice entitle enumerate envisage equal erase escort espouse evict excel excuse exhibit
explode exterminate fabricate faint federate feature figure filter fire fit flank fling flout forecast foreclose
formulate fortify frighten fumble galvanise gamble garrison gel glean glorify grapple grieve groom guess harden haunt
hesitate hover hurry hurtle illuminate immigrate impair impart imperil implicate improvise inaugurate indicate inflate
infringe inquire insert insulate insure interact intern interrogate interview intrude inundate irritate join jostle
kneel label lament lapse lash laud launder lean liquidate litigate localise loiter lure magnify malign man mandate
maroon mend militarise misjudge misuse mourn mute navigate necessitate neglect nullify nurture obstruct offend onboard
opt orchestrate outbid outgun outlaw outmanoeuvre overestimate overload overreact oversee overtax pack paint panic
paralyse patch perceive perpetuate petition pinpoint pivot plead poison portray post pounce preach preclude preempt
prefer prescribe preside presume prioritise procrastinate profess prop propagate propel provision publicise pump pursue
quarrel radicalise ramp ransack re-establish reach realise rebrand rebuff recapitalise reclassify recoil reconstitute
recoup reform refresh refute rekindle relax remit renegotiate repackage repatriate rephrase replicate repossess reroute
reschedule reshape reside resound respond restate resume resurge retain retool reunify reverberate revitalise ridicule
rig rip ruin sail salute sample sanctify scan scout scramble scrutinise seclude segregate sever shatter shepherd shout
shuffle sideline simplify simulate skip slaughter sleep smear snap snatch solicit spearhead specify speculate sprint
stab stabilise standardise starve stipulate storm straddle streamline stress strive subject subjugate submerge
subordinate subscribe substitute subvert suffocate supervise supplant surface swamp swarm sweeten symbolise synchronise
tarnish team terrorise threaten tilt toil tout trace traffic transit transmit traverse treble trek trickle tunnel
typify uncover underline underpin underscore underwrite unearth unfurl unhinge unleash unnerve untangle urge usurp
utter vaccinate vanquish veer vent venture vet vilify waive waver wield wipe wither withstand witness woo wreak
voice volunteer wane warm weigh welcome whip widen wipe withdraw wonder worry wound wrap wrest write
""")

BASE_VERBS |= {f"{verb[:-3]}ize" for verb in BASE_VERBS if verb.endswith("ise")}

VERB = rf"(?:(?:re-?)?{any_of(BASE_VERBS)})(?![\w-]|'[a-z])"
"""A base verb of the genre; what follows "to" is a verb or a noun, and only a list tells."""

ADV = (
    r"(?:(?:,? ?(?:(?:almost|nearly|most|very|highly|all but|quite) [a-z]{2,}ly|not|never|also|still|soon|now|even|"
    r"once|again|one day|at some point|at least|all|both|"
    r"just|yet|ever|in turn"
    r"|of course|then|at best|at worst|in all likelihood|no longer|only|further|(?!rely|apply|supply|"
    r"reply|comply|fly|ally|multiply|imply)"
    r"[a-z]{2,}ly)\b,? ?){1,3})"
)
"""Up to three adverbs, with the space after them."""

DEGREE = (
    r"(?:(?:very|highly|extremely|more|most|less|increasingly|quite|rather|far|all but|almost|nearly|also|still|now|"
    r"not|always|equally|so|just|how|fairly|virtually|too|only|looking|seeming|seen as|considered|deemed|"
    r"therefore) ){0,3}"
)

BE_NOW = r"(?:\b(?:is|are|am|remains?|seems?|appears?|looks?)|(?:'s|'re|'m)|\b(?:isn't|aren't)) "
BE_THEN = r"\b(?:was|were|wasn't|weren't|seemed|appeared|looked|remained) "

SAID = (
    r"\b(?:said|says|say|saying|told|tells|adding|added|according to|announced|reported|reports|stated|"
    r"warned|noted|confirmed|claimed|claims|insisted|argued|"
    r"suggested|indicated|predicted|believes?|believed|estimates?|assessed|assesses)\b"
)

DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|"
    r"dec)\.? \d{1,2}|\d{1,2} (?:january|"
    r"february|march|april|may|june|july|august|september|october|november|december)|(?:january|february|"
    r"march|april|may|june|"
    r"july|august|september|october|november|december)(?: \d{1,2})?"
)
"""A day or a month that a schedule may name."""

AHEAD = (
    r"(?:tomorrow|later (?:today|tonight|on|in|this|next)|this (?:coming|weekend|autumn|summer|winter|spring|fall)"
    r"|next (?!to\b|door|generation|of kin|steps?\b)[a-z]+|the (?:coming|next few|following|next \w+) [a-z]+"
    r"|in the (?:coming|next|near|months|weeks|days|years|short|medium|long|foreseeable)\b|soon\b(?! as)|shortly|"
    r"by the end of|"
    r"in (?:the )?(?:days|weeks|months|years) (?:ahead|to come)|imminently|early (?:this|next)|from next)"
)
"""A time after publication, as far as words alone can say."""

EVENT = (
    r"(?:war|wars|conflict|conflicts|attacks?|strikes?|airstrikes?|air strikes|raids?|invasion|incursion|"
    r"offensive|counteroffensive|"
    r"assault|violence|bloodshed|fighting|clashes|hostilities|escalation|spillover|unrest|instability|"
    r"chaos|collapse|famine|"
    r"starvation|hunger|disease|cholera|outbreaks?|epidemic|displacement|exodus|refugees?|genocide|"
    r"ethnic cleansing|massacres?|"
    r"atrocities|reprisals?|retaliation|revenge|coup|confrontation|catastrophe|disaster|crackdown|"
    r"sanctions|annexation|"
    r"blockade|siege|deportations?|expulsions?|secession|partition|fragmentation|intervention|talks|deal|"
    r"agreement|ceasefire|truce|"
    r"settlement|breakthrough|peace|negotiations?|return|resumption|renewal|default|shortages?|crisis|"
    r"vacuum|miscalculation|"
    r"contagion|proliferation|radicalisation|split|breakdown|defeat|takeover|standoff|deterioration|"
    r"upheaval|polarisation)\b"
)

SEEN = (
    r"(?:be (?:\w+ly )?(?:seen|heard|reached (?:for|by)|verified|confirmed|identified|determined|contacted|found|"
    r"felt|smelled|described|"
    r"traced|observed|counted|authenticated|corroborated|ascertained|established))"
)

PARTICIPLE = (
    r"(?:been|(?!hundred|wounded|mixed|limited|unintended|unprecedented|widespread|increased|serious|"
    r"red\b|need|indeed|far-)[a-z-]+ed"
    r"|had|done|made|taken|given|gone|come|become|begun|broken|brought|built|bought|caught|chosen|cut|"
    r"dealt|drawn|driven|fallen|"
    r"felt|fled|flown|forgotten|fought|found|got|gotten|grown|held|hit|hidden|hurt|kept|killed|known|laid|"
    r"led|left|lost|meant|met|"
    r"paid|put|risen|run|said|seen|sent|mistaken|sought|swept|taught|undergone|undertaken|frozen|eaten|fed|dug|"
    r"beaten|burnt|"
    r"hung|let|stuck|learnt|shaken|proven|set|shot|shown|shut|slain|sold|spent|split|spoken|spread|stolen|"
    r"stood|struck|sunk|sworn|"
    r"thought|thrown|told|torn|understood|won|withdrawn|worn|written|overrun|overthrown|(?:\w+ly|also|"
    r"already|not|now|just) "
    r"(?:been|[a-z]+ed|taken|made|fallen|lost|become|hit|struck|begun|led|gone))"
)
"""A past participle: with "have" before it, the sentence is about the past."""

ADJ = (
    r"(?:(?:further|wider|possible|potential|renewed|new|full-scale|all-out|full-blown|regional|civil|mass|"
    r"another|fresh|more|direct|larger|broader|nuclear|an?|the|outright|ethnic|greater|escalating|armed|major|"
    r"total|prolonged|open|increased|increasing|long-term|lasting|widespread|catastrophic|imminent|severe|"
    r"sectarian|[a-z]+ing|[a-z-]+) ){0,4}"
)
"""What may stand between "risk of" and the event."""
