"""Word lists for the victims of a reported death: soldiers, civilians, people in general."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


SOLDIERS = words(
    "soldier soldiers officer officers troops trooper troopers sailor sailors seaman seamen airman "
    "airmen pilot pilots copilot navigator marine marines guard guards guardsman guardsmen "
    "sentry sentries private privates sergeant sergeants lieutenant lieutenants captain colonel "
    "gunner gunners infantryman infantrymen paratrooper paratroopers commando commandos cavalryman "
    "cavalrymen conscript conscripts recruit recruits reservist reservists gendarme gendarmes "
    "militiaman militiamen policeman policemen police patrolman patrolmen crewman crewmen "
    "serviceman servicemen combatant combatants fighter fighters aviator aviators flier fliers "
    "personnel men crew aircrew legionnaires peacekeeper peacekeepers cadet cadets regulars "
    "corporal corporals major general admiral midshipman ensign observer observers defenders "
    "attackers invaders enlisted"
)
CIVILIANS = words(
    "civilian civilians fisherman fishermen villager villagers farmer farmers peasant peasants "
    "merchant merchants woman women child children passenger passengers settler settlers herdsman "
    "herdsmen shepherd shepherds refugee refugees student students journalist journalists minister "
    "ambassador consul missionary missionaries worker workers miner miners trader traders tourist "
    "tourists resident residents inhabitants bystander bystanders demonstrator demonstrators "
    "protesters rioters pilgrims monks priest priests nomads tribesman tribesmen bandits smuggler "
    "smugglers schoolchildren employees boy girl boys girls nurse nurses convert converts"
)
PEOPLE = words(
    "people persons person man others lives victims nationals citizens citizen subjects prisoners "
    "hostages rebels insurgents guerrillas guerrilla militants members survivors them those "
    "aboard"
)
# Words that end a noun phrase: what follows is about something else.
STOPS = words(
    "and but or which while when before after as in on at near by during with from into to would "
    "could might may must should will shall be not if that than because since until though "
    "although"
)
