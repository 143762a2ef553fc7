"""Names and places of the demo's neighbors. All invented: common names, drawn by lot, of nobody."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """Neighbors of one language: their share of a hundred, given names and family names."""

    code: str
    share: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    two_families: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace("\n", " ").split())


TONGUES: tuple[Tongue, ...] = (
    Tongue(
        "en",
        68,
        _words(
            """Mary Linda Barbara Susan Karen Donna Carol Sharon Michelle Laura Kimberly Deborah Jessica
            Shirley Angela Melissa Brenda Amy Rebecca Virginia Kathleen Pamela Martha Amanda Stephanie
            Carolyn Christine Janet Catherine Ann Joyce Diane Alice Julie Heather Teresa Doris Gloria
            Evelyn Jean Cheryl Mildred Katherine Joan Ashley Judith Rose Janice Kelly Nicole Judy
            Theresa Beverly Denise Tammy Irene Jane Lori Rachel Marilyn Andrea Kathryn Louise Sara Anne
            Jacqueline Wanda Bonnie Julia Ruby Lois Tina Phyllis Norma Paula Diana Annie Lillian Emily
            Robin Peggy Crystal Gladys Rita Dawn Connie Florence"""
        ),
        _words(
            """James John Robert Michael William David Richard Charles Joseph Thomas Christopher Daniel
            Paul Mark Donald George Kenneth Steven Edward Brian Ronald Anthony Kevin Jason Matthew Gary
            Timothy Larry Jeffrey Frank Scott Eric Stephen Andrew Raymond Gregory Joshua Jerry Dennis
            Walter Patrick Peter Douglas Henry Carl Arthur Ryan Roger Joe Juan Jack Albert Jonathan
            Justin Terry Gerald Keith Samuel Willie Ralph Lawrence Nicholas Roy Benjamin Bruce Brandon
            Adam Harry Fred Wayne Billy Steve Louis Jeremy Aaron Randy Howard Eugene Carlos Russell
            Bobby Victor Martin Ernest Phillip Todd Jesse Craig"""
        ),
        _words(
            """Adams Allen Anderson Bailey Baker Barnes Bell Bennett Brooks Brown Bryant Butler Campbell
            Carter Clark Coleman Collins Cook Cooper Cox Davis Edwards Evans Fisher Foster Gibson Gordon
            Graham Gray Green Griffin Hall Hamilton Harris Harrison Hayes Henderson Henry Hill Howard
            Hughes Hunt Jackson James Jenkins Johnson Jones Jordan Kelly Kennedy King Lee Lewis Long
            Marshall Martin Mason McDonald Miller Mitchell Moore Morgan Morris Murphy Murray Myers
            Nelson Owens Palmer Parker Patterson Perry Peterson Phillips Porter Powell Price Reed
            Reynolds Richardson Roberts Robinson Rogers Ross Russell Sanders Scott Shaw Simmons Smith
            Stevens Stewart Stone Sullivan Taylor Thomas Thompson Tucker Turner Walker Wallace Ward
            Warren Washington Watson Webb Wells West White Williams Wilson Wood Wright Young"""
        ),
    ),
    Tongue(
        "es",
        19,
        _words(
            """María Guadalupe Rosa Ana Carmen Lucía Elena Sofía Isabel Juana Marta Patricia Gabriela
            Silvia Verónica Leticia Norma Yolanda Dolores Alejandra Beatriz Concepción Daniela Esperanza
            Francisca Graciela Inés Josefina Lorena Magdalena Mercedes Olivia Paula Raquel Rosario
            Susana Valeria Ximena"""
        ),
        _words(
            """José Juan Luis Carlos Jesús Miguel Francisco Antonio Pedro Manuel Alejandro Jorge Ricardo
            Rafael Roberto Eduardo Fernando Javier Martín Raúl Sergio Arturo Enrique Ignacio Óscar Pablo
            Rubén Salvador Tomás Vicente Andrés Ángel Daniel Emilio Gilberto Héctor Joaquín Lorenzo
            Mateo Nicolás"""
        ),
        _words(
            """García Hernández Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez
            Morales Vázquez Reyes Jiménez Torres Díaz Gutiérrez Ruiz Mendoza Aguilar Ortiz Moreno
            Castillo Romero Álvarez Méndez Chávez Rivera Juárez Ramos Domínguez Herrera Medina Castro
            Vargas Guzmán Velázquez Muñoz Rojas Contreras Salazar Luna Ortega Guerrero Estrada Bautista
            Cortés Soto Peña Ávila Valdez Quiñones"""
        ),
        two_families=True,
    ),
    Tongue(
        "vi",
        5,
        _words("Hoa Lan Mai Linh Thu Huong Ngoc Phuong Thao Trang Yen Kim Hanh Nga Dung Ly"),
        _words("Minh Hung Tuan Duc Hai Long Nam Phong Quang Son Thanh Tien Trung Viet Bao Khanh"),
        _words("Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ho Ngo Duong Ly Dinh Lam"),
    ),
    Tongue(
        "so",
        3,
        _words("Amina Fatima Halima Khadija Maryam Nasra Safiya Hodan Ayaan Ifrah Sahra Ubah"),
        _words("Abdi Ahmed Ali Hassan Ibrahim Ismail Mohamed Omar Yusuf Farah Jama Liban"),
        _words("Abdullahi Aden Farah Hassan Hersi Hussein Isse Jama Mohamud Nur Osman Warsame"),
    ),
    Tongue(
        "ru",
        2,
        _words("Anna Elena Irina Natalia Olga Svetlana Tatiana Vera Galina Ludmila"),
        _words("Alexei Boris Dmitri Igor Ivan Nikolai Oleg Pavel Sergei Viktor"),
        _words("Belov Frolov Gusev Kovalenko Lebedev Morozov Orlov Petrenko Sokolov Volkov"),
    ),
    Tongue(
        "mam",
        2,
        _words("Catarina Juana Lucía Magdalena Petrona Tomasa Eulalia Marcela"),
        _words("Domingo Felipe Gaspar Mateo Pascual Sebastián Andrés Miguel"),
        _words("Domingo Gaspar Jerónimo Lucas Matías Pablo Ramírez Velásquez"),
        two_families=True,
    ),
    Tongue(
        "ase",
        1,
        _words("Ruth Helen Nora Grace Edith Clara Iris Hazel"),
        _words("Leon Felix Otto Hugo Oscar Ernest Simon Jasper"),
        _words("Ashford Bramwell Dunmore Eastman Fairchild Holloway Lockhart Winslow"),
    ),
)

PLACES: tuple[tuple[str, str, int], ...] = (
    ("Alder Falls", "99991", 44),
    ("Ferry Street", "99991", 14),
    ("Northbank", "99992", 18),
    ("Tanner’s Ford", "99993", 13),
    ("Millrace", "99994", 11),
)
"""Place, ZIP code, share of a hundred. No such ZIP codes are in use."""

STREETS = _words(
    """Alder Birch Canal Cedar Chapel Depot Dock Elm Ferry Foundry Grange Hazel Juniper Lantern Levee Maple
    Mill Orchard Quarry River Rowan School Spruce Station Tannery Weir Willow"""
)

AREAS = _words(
    "541 458 971 503 360 509 206 253 425 208 986 530 916 707 775 702 385 801 435 406 307 970 720 303 505 575"
)
"""Area codes beside which the numbers 555-0100 to 555-0199 are kept for stories."""
