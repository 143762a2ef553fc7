"""Names that may be of one person, as sets. Being in one set is not carried on to the next (trap 5-T7).

Alex stands in a set with Alexander and in another with Alexandra; Alexander and Alexandra share none.
Written by us from common use in English and in Spanish; an installation adds its own.
"""

from collections import defaultdict

SETS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in (
        "alexander alex xander alec",
        "alexandra alex sandra lexi",
        "alejandro alex jandro",
        "alejandra alex jandra",
        "abigail abby gail",
        "adelaida adela lala",
        "alberto beto albert",
        "roberto beto robert bob",
        "humberto beto",
        "antonio tono tony toni",
        "anthony tony",
        "barbara barb babs",
        "benjamin ben benny",
        "catherine cathy kate cat",
        "katherine kathy kate kit",
        "charles charlie chuck",
        "christina chris tina",
        "cristina cris tina",
        "christopher chris kit",
        "concepcion concha conchita",
        "consuelo chelo",
        "daniel dan danny",
        "danielle dani",
        "david dave davey",
        "deborah deb debbie",
        "dolores lola",
        "donald don",
        "dorothy dot dottie",
        "edward ed eddie ted ned",
        "eduardo lalo eddy",
        "elizabeth liz beth betty eliza libby",
        "isabel bel chabela isa",
        "enrique quique",
        "ernest ernie",
        "fernando nando fer",
        "frances fran frankie",
        "francis frank",
        "francisco paco pancho frank",
        "francisca paquita pancha",
        "graciela chela",
        "gregory greg",
        "guadalupe lupe lupita",
        "guillermo memo",
        "harold harry hal",
        "henry hank harry",
        "ignacio nacho",
        "james jim jimmy jamie",
        "jennifer jen jenny",
        "jesus chuy",
        "jessica jess jessie",
        "john jack johnny",
        "jonathan jon",
        "jose pepe che",
        "joseph joe joey",
        "josefina pepa fina",
        "joshua josh",
        "juan juanito",
        "kenneth ken kenny",
        "lawrence larry",
        "lorenzo lencho",
        "loretta lori etta",
        "luis lucho",
        "manuel manolo manny",
        "manuela manola",
        "marcus marc",
        "margaret peggy maggie meg marge",
        "margarita rita",
        "maria mari",
        "matthew matt",
        "mercedes meche",
        "michael mike mickey",
        "michelle shelly",
        "nicholas nick",
        "nicolas nico",
        "pablo pablito",
        "patricia pat patty trish",
        "patrick pat paddy",
        "pedro perico",
        "philip phil",
        "rafael rafa",
        "ramon moncho",
        "raymond ray",
        "rebecca becky",
        "refugio cuca cuco",
        "ricardo ricky rick",
        "richard rick dick rich",
        "robert bob rob bobby",
        "ronald ron",
        "rosario charo chayo",
        "salvador chava",
        "samuel sam",
        "samantha sam",
        "santiago chago",
        "sergio checo",
        "socorro coco",
        "stephen steve",
        "susan sue susie",
        "susana susi",
        "teresa tere terry tess teresita",
        "theresa terry tess",
        "thomas tom tommy",
        "timothy tim",
        "victoria vicky tori",
        "vicente chente",
        "victor vic",
        "virginia ginny",
        "walter walt",
        "william bill will billy liam",
    )
)


def _index() -> dict[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, names in enumerate(SETS):
        for name in names:
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


_BY_NAME = _index()


def related(one: str, other: str) -> bool:
    """Whether two folded given names stand together in one set."""
    return one == other or bool(_BY_NAME.get(one, frozenset()) & _BY_NAME.get(other, frozenset()))


def relatives(name: str) -> frozenset[str]:
    """Every folded name that may stand for ``name``, itself included."""
    return frozenset({name}).union(*(SETS[number] for number in _BY_NAME.get(name, frozenset())))
