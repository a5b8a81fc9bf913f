"""Makes the passengers of the demo: nobody real, and the same ones every time.

python -m hamilton_ol.demo.passengers > hamilton_ol/demo/passengers.csv
"""

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).with_name("passengers.csv")
COUNT = 600
SEED = 1912
HEADER = (
    "PassengerId",
    "Survived",
    "Pclass",
    "Name",
    "Sex",
    "Age",
    "SibSp",
    "Parch",
    "Ticket",
    "Fare",
    "Cabin",
    "Embarked",
)

_FAMILIES = (
    "Abel",
    "Brandt",
    "Castor",
    "Dorn",
    "Ekman",
    "Faber",
    "Grube",
    "Holm",
    "Ives",
    "Jansen",
)
_DECKS = {1: "ABC", 2: "DE", 3: "FG"}
_FARES = {1: 80.0, 2: 25.0, 3: 12.0}


def passengers(count: int = COUNT, seed: int = SEED) -> Iterator[tuple[object, ...]]:
    """Rows as in `HEADER`."""
    chance = random.Random(seed)  # noqa: S311 - rows, not secrets
    for number in range(1, count + 1):
        yield _passenger(number, chance)


def _passenger(number: int, chance: random.Random) -> tuple[object, ...]:
    pclass = chance.choices((1, 2, 3), weights=(25, 20, 55))[0]
    sex = chance.choice(("male", "female"))
    age = max(1, round(chance.gauss(30, 14)))
    siblings, parents = (chance.choices((0, 1, 2, 3), weights=(65, 22, 9, 4))[0] for _ in "sp")
    fare = round(_FARES[pclass] * chance.uniform(0.6, 1.8), 2)
    cabin = f"{chance.choice(_DECKS[pclass])}{chance.randint(1, 20)}"
    port = chance.choices("SCQ", weights=(70, 20, 10))[0]
    odds = 0.15 + 0.45 * (sex == "female") + 0.12 * (3 - pclass) + 0.15 * (age < 12)  # noqa: PLR2004
    survived = int(chance.random() < odds)
    name = f"{chance.choice(_FAMILIES)}, {_title(sex, age)}. No. {number}"
    ticket = f"T{chance.randint(10_000, 99_999)}"
    row = (survived, pclass, name, sex, age, siblings, parents, ticket, fare, cabin, port)
    return (number, *row)


def _title(sex: str, age: int) -> str:
    grown_up = 16
    if sex == "male":
        return "Mr" if age >= grown_up else "Master"
    return "Mrs" if age >= 2 * grown_up else "Miss"


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(passengers())
