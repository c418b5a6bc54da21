"""Linked data: rdflib reads it, all terms are those of the vocabularies, and the graph answers questions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import rdflib

from tests.export.made_output import output

# rdflib's reader of JSON-LD warns of rdflib's own classes.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
SEM = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
SCHEMA = rdflib.Namespace("https://schema.org/")
# Terms of the two vocabularies that may stand in the graph.
SEM_TERMS = """Event Actor Place Role View Authority eventType hasPlace hasActor roleType hasTimeStamp
hasEarliestBeginTimeStamp hasLatestEndTimeStamp accordingTo""".split()
SCHEMA_TERMS = """Event Claim NewsArticle Place GeoCoordinates Person Organization GovernmentOrganization identifier
name keywords startDate endDate location actor subjectOf address geo latitude longitude headline url
datePublished inLanguage publisher isBasedOn about appearance text jobTitle""".split()


def graph(data: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=data.decode(), format="json-ld")


@pytest.fixture(params=["document", "store"])
def found(request: pytest.FixtureRequest, exported: Callable[[str], bytes]) -> rdflib.Graph:
    return graph(output("jsonld") if request.param == "document" else exported("jsonld"))


def test_only_terms_of_the_vocabularies_are_used(found: rdflib.Graph) -> None:
    used = {str(term) for triple in found for term in triple[1:] if isinstance(term, rdflib.URIRef)}
    for namespace, terms in ((SEM, SEM_TERMS), (SCHEMA, SCHEMA_TERMS)):
        here = {term.removeprefix(str(namespace)) for term in used if term.startswith(str(namespace))}
        assert here
        assert here <= set(terms)


def test_dates_are_dates_and_numbers_numbers(found: rdflib.Graph) -> None:
    literals = [term for triple in found for term in triple if isinstance(term, rdflib.Literal)]
    typed = [term for term in literals if term.datatype is not None]
    assert typed
    assert not [term for term in typed if term.ill_typed]


def test_every_node_referred_to_is_described(found: rdflib.Graph) -> None:
    for term in (SEM.hasPlace, SCHEMA.subjectOf, SCHEMA.appearance, rdflib.RDF.value):
        targets = set(found.objects(None, term))
        assert targets
        for target in targets:
            assert (target, rdflib.RDF.type, None) in found


def test_the_graph_tells_who_says_that_who_did_what() -> None:
    found = graph(output("jsonld")).query(
        """
        PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> PREFIX schema: <https://schema.org/>
        PREFIX rasid: <urn:rasid:term:> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?who ?source ?day WHERE {
          ?event a sem:Event; sem:eventType rasid:ASSAULT; sem:hasTimeStamp ?day; sem:hasActor ?role .
          ?role sem:roleType rasid:actor; rdf:value/schema:name ?who .
          ?claim schema:about ?event; sem:accordingTo/schema:name ?source .
        }
        """
    )
    assert [tuple(str(value) for value in row) for row in found] == [("en:SYRMIL", "وكالة الفجر", "2025-10-03")]


def test_a_month_gives_bounds_and_no_day() -> None:
    found = graph(output("jsonld"))
    (visit,) = found.subjects(SEM.eventType, rdflib.URIRef("urn:rasid:term:CONSULT"))
    assert str(found.value(visit, SEM.hasEarliestBeginTimeStamp)) == "2025-11-01"
    assert str(found.value(visit, SEM.hasLatestEndTimeStamp)) == "2025-11-30"
    assert found.value(visit, SEM.hasTimeStamp) is None
