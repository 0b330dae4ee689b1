"""The expression language: what the published text says each part gives, and that nothing of it runs away."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from typing import Any

import pytest

from liaison_desktop.questionnaires.fhirpath.engine import Expression, compiled, element
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault, RunsAway, plain
from liaison_desktop.questionnaires.fhirpath.running import Run

PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "active": True,
    "birthDate": "1974-12-25",
    "_birthDate": {
        "extension": [
            {
                "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                "valueDateTime": "1974-12-25T14:35:45-05:00",
            }
        ]
    },
    "deceasedBoolean": False,
    "multipleBirthInteger": 2,
    "name": [
        {"use": "official", "family": "Chalmers", "given": ["Peter", "James"]},
        {"use": "usual", "given": ["Jim"]},
    ],
    "telecom": [{"system": "phone", "value": "555"}],
    "extension": [{"url": "http://x", "valueString": "hi"}],
}
NOW = dt.datetime(2026, 11, 28, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=-6)))


def worked_out(text: str, **variables: Any) -> Any:
    expression = compiled(text)
    if isinstance(expression, ExpressionFault):
        raise expression
    root = [element(PATIENT)]
    run = Run(lambda name: {"context": root, **variables}.get(name), NOW, root)
    return [plain(item) for item in expression.run(run, root)]


D = Decimal


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        # paths
        ("name.given", ["Peter", "James", "Jim"]),
        ("Patient.name.family", ["Chalmers"]),
        ("name[0].given[1]", ["James"]),
        ("name[7]", []),
        ("Patient.name.`given`.first()", ["Peter"]),
        ("%resource.name.given.last()", ["Jim"]),
        ("multipleBirth", [2]),
        ("deceased", [False]),
        ("extension('http://x').value", ["hi"]),
        # existence
        ("{}.empty()", [True]),
        ("name.exists(use = 'official')", [True]),
        ("name.all(given.exists())", [True]),
        ("(true | false).allTrue()", [False]),
        ("{}.allTrue()", [True]),
        ("{}.anyTrue()", [False]),
        ("(1 | 2).subsetOf(1 | 2 | 3)", [True]),
        ("(1 | 2).supersetOf(1 | 2 | 3)", [False]),
        ("1.combine(1).isDistinct()", [False]),
        # filtering, taking some, joining
        ("name.where(use = 'usual').given", ["Jim"]),
        ("name.select(given.first() & '.')", ["Peter.", "Jim."]),
        ("(1 | 2 | 3).where($this > 1)", [2, 3]),
        ("(5 | 6 | 7).where($index > 0)", [6, 7]),
        ("(1 | 'a' | true).ofType(Integer)", [1]),
        ("name.given.skip(1).take(1)", ["James"]),
        ("name.given.skip(-1).count()", [3]),
        ("(1 | 2 | 3).intersect(2 | 4)", [2]),
        ("(1 | 2 | 3).exclude(2)", [1, 3]),
        ("(1 | 2).combine(2)", [1, 2, 2]),
        ("1 | 2 | 1", [1, 2]),
        ("coalesce({}, 5, 6)", [5]),
        ("iif(name.exists(), 'a', 'b')", ["a"]),
        ("iif(false, 'a')", []),
        # conversion
        ("'T'.toBoolean()", [True]),
        ("2.toBoolean()", []),
        ("'+5'.toInteger()", [5]),
        ("'5.5'.toInteger()", []),
        ("5.50.toString()", ["5.50"]),
        ("true.toString()", ["true"]),
        ("'2015-02'.toDate()", ["2015-02"]),
        ("'x'.convertsToDate()", [False]),
        ("'5 days'.toQuantity()", [{"value": D(5), "unit": "days"}]),
        ("(37 'Cel').toQuantity('[degF]').value", [D("98.6")]),
        ("(150 '[lb_av]').toQuantity('kg').value.round(2)", [D("68.04")]),
        # texts
        ("'abcdef'.indexOf('cd')", [2]),
        ("'abcdef'.substring(2, 2)", ["cd"]),
        ("'abc'.substring(5)", []),
        ("'abc'.matches('b')", [True]),
        ("'abc'.matchesFull('b')", [False]),
        ("'2012-11'.replaceMatches('(\\\\d+)-(\\\\d+)', '$2/$1')", ["11/2012"]),
        ("'a,b'.split(',').join('+')", ["a+b"]),
        ("'it\\'s \\u0061'", ["it's a"]),
        ("'abc'.encode('base64').decode('base64')", ["abc"]),
        # numbers
        ("0.1 + 0.2 = 0.3", [True]),
        ("1.10 + 2.2", [D("3.30")]),
        ("2 + 3 * 4", [14]),
        ("2 - (3 - 4)", [3]),
        ("-7 div 2", [-3]),
        ("-5 mod 2", [-1]),
        ("1 / 0", []),
        ("2147483647 + 1", []),
        ("2.power(3)", [8]),
        ("(-1).power(0.5)", []),
        ("(-1).sqrt()", []),
        ("2.5.round()", [D(3)]),
        ("3.14159.round(3)", [D("3.142")]),
        ("(-1.1).ceiling()", [-1]),
        ("(1 | 2 | 3).sum()", [6]),
        ("(5 | 1 | 3).min()", [1]),
        ("(1 | 2 | 3).aggregate($total + $this, 0)", [6]),
        # amounts
        ("4 'kg' = 4000 'g'", [True]),
        ("1 'g' > 3 'mg'", [True]),
        ("5 'mg' + 3 'mg'", [{"value": D(8), "unit": "mg"}]),
        ("1 'kg' = 1 'cm'", []),
        ("7 days = 1 week", [True]),
        ("1 year = 1 'a'", []),
        ("1 month = 1 'mo'", []),
        ("12 months = 1 'd'", []),
        ("1 'min' = 60 seconds", [True]),
        ("4 'g' ~ 4040 'mg'", [True]),
        ("4 'g' ~ 4600 'mg'", [False]),
        ("4 'g' ~ 4 'm'", [False]),
        ("2.0 'cm' * 2.0 'm' = 0.040 'm2'", [True]),
        ("4.0 'g' / 2.0 'm' = 2 'g/m'", [True]),
        ("(70 'kg' / (1.75 'm' * 175 'cm')).value.round(2)", [D("22.86")]),
        ("70 'kg' / (2 'm' * 2 'm') = 17.5 'kg/m2'", [True]),
        ("1 'kg/m2' = 1 'g/m2'", [False]),
        ("60 '/min' = 1 '/s'", [True]),
        ("1 'mg/mL' = 1 'g/L'", [True]),
        ("6 'mg' / 2 'mg'", [D(3)]),
        ("6 'mg' / 0 'm'", []),
        ("3 '1' * 2 'mg'", [{"value": D(6), "unit": "mg"}]),
        ("2 'Cel' * 2 'm' = 4 'm.Cel'", []),
        ("1 'cm'.comparable(1 '[in_i]')", [True]),
        ("1 'cm'.comparable(1 's')", [False]),
        # how exactly it is known
        ("1.587.lowBoundary()", [D("1.58650000")]),
        ("1.587.highBoundary(2)", [D("1.59")]),
        ("(-1.587).lowBoundary(2)", [D("-1.59")]),
        ("120.lowBoundary(2)", [D("119.50")]),
        ("1.587.lowBoundary(-1)", []),
        ("@2014.lowBoundary(6)", ["2014-01"]),
        ("@2012-02.highBoundary()", ["2012-02-29"]),
        ("@2014-01-01T08.lowBoundary()", ["2014-01-01T08:00:00.000+14:00"]),
        ("@2014-01-01T08:05-05:00.highBoundary(17)", ["2014-01-01T08:05:59.999-05:00"]),
        ("@T10:30.highBoundary()", ["10:30:59.999"]),
        ("@T10:30.precision()", [4]),
        ("@2014-01-05T10:30:00.000.precision()", [17]),
        ("@2014-01-05T10:30:00Z.precision()", [14]),
        ("1.58700.precision()", [5]),
        # in order
        ("(3 | 1 | 2).sort()", [1, 2, 3]),
        ("('b' | 'c' | 'a').sort(-$this)", ["c", "b", "a"]),
        ("name.sort(-family, given.first()).use", ["usual", "official"]),
        ("name.sort(family).use", ["official", "usual"]),
        ("16.log(2)", [D(4)]),
        ("'A\n  B'.matches('A.*B')", [True]),
        ("@2012-04-15T15:00:00Z = @2012-04-15T10:00:00", []),
        ("@2012-04-15T15:00:00Z > @2012-04-15T10:00:00", []),
        ("birthDate != @T12:14", [True]),
        ("name.first() ~ name.first()", [True]),
        # equality and order
        ("1 = 1.0", [True]),
        ("{} = {}", []),
        ("(1 | 2) = (2 | 1)", [False]),
        ("(1 | 2) ~ (2 | 1)", [True]),
        ("'a b' ~ 'A  B'", [True]),
        ("1.0 ~ 1.01", [True]),
        ("{} ~ {}", [True]),
        ("@2012 = @2012-01", []),
        ("@2012-01-01T10:30:31Z = @2012-01-01T11:30:31+01:00", [True]),
        ("@2018-03 > @2018-03-01", []),
        ("@2018-03-02 > @2018-03-01", [True]),
        ("@T10:30 < @T11:00", [True]),
        ("birthDate < @2000-01-01", [True]),
        ("1 > {}", []),
        # logic, as of three values
        ("true and {}", []),
        ("false and {}", [False]),
        ("true or {}", [True]),
        ("true xor {}", []),
        ("{} implies true", [True]),
        ("false implies {}", [True]),
        ("{}.not()", []),
        ("'a' in ('a' | 'b')", [True]),
        ("{} in ('a')", []),
        ("(1 | 2) contains 2", [True]),
        # moments
        ("@2012-01-31 + 1 month", ["2012-02-29"]),
        ("@2012-02-29 + 1 year", ["2013-02-28"]),
        ("@2012-03-31 - 1 month", ["2012-02-29"]),
        ("@2012-01-01 + 1 day", ["2012-01-02"]),
        ("@2012-01-01T10:00:00Z + 90 minutes", ["2012-01-01T11:30:00Z"]),
        ("@T23:30 + 60 minutes", ["00:30"]),
        ("today()", ["2026-11-28"]),
        ("now().toString().substring(0, 16)", ["2026-11-28T10:30"]),
        ("@2020-01-01.duration(@2020-03-01, 'days')", [60]),
        ("@2020-01-31.duration(@2021-01-30, 'years')", [0]),
        ("birthDate.yearOf()", [1974]),
        # types
        ("1 is Integer", [True]),
        ("1.0 is System.Decimal", [True]),
        ("@2012 is Date", [True]),
        ("$this is Patient", [True]),
        ("'a'.is(String)", [True]),
        ("1.5.type().name", ["Decimal"]),
        ("Patient.type().namespace", ["FHIR"]),
        ("(name.first() as HumanName).family", ["Chalmers"]),
        ("name.first() as Address", []),
        ("name.ofType(HumanName).use", ["official", "usual"]),
        ("$this.is(System.Patient)", [False]),
        # variables
        ("defineVariable('a', 1).select(%a + 1)", [2]),
        ("%rootResource.name.count()", [2]),
        ("conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')", [True]),
        ("conformsTo('http://hl7.org/fhir/StructureDefinition/Person')", [False]),
        ("%ucum", ["http://unitsofmeasure.org"]),
        ("%`vs-yesnodontknow`", ["http://hl7.org/fhir/ValueSet/yesnodontknow"]),
        ("birthDate.extension(%`ext-patient-birthTime`).value", ["1974-12-25T14:35:45-05:00"]),
        ("birthDate.extension.url.count()", [1]),
        ("name.trace('seen').count()", [2]),
        ("// a remark\n1 /* and another */ + 1", [2]),
        ("name.repeat(given).count()", [3]),
        ("active.hasValue() and name.hasValue().not()", [True]),
    ],
)
def test_what_it_gives(text: str, gives: Any) -> None:
    found = worked_out(text)
    assert found == gives
    assert [type(one) is bool for one in found] == [type(one) is bool for one in gives]


@pytest.mark.parametrize(
    "text",
    [
        "", "1 +", "(1", "name.", "'open", "{1}", "name..given", "1 1", "$that", "name.where()", "name.unknown()",
        "f(1,)", "@2012-13-45", "name is", "%", "\x00", "name.given.single()", "1 + 'a'", "true > false", "-'a'",
        "%nobody", "name.ofType(foo)", "name.memberOf('http://x')", "5.round(-1)", "@1973-12-25 + 1 'mo'", "@1973-12-25 - 1 'a'", "true.lowBoundary()", "conformsTo('http://hl7.org/fhir/StructureDefinition/bp')", "conformsTo('http://x')", "'a'.toQuantity(1, 2)",
        "(" * 200 + "1" + ")" * 200, "a" + ".b" * 500, "1" + "+1-1" * 500, "x" * 30_000,
    ],
)  # fmt: skip
def test_what_cannot_be_worked_out_is_a_fault(text: str) -> None:
    with pytest.raises(ExpressionFault) as caught:
        worked_out(text)
    assert "Chalmers" not in str(caught.value)


def test_a_long_row_of_or_is_no_deep_tree() -> None:
    text = " or ".join(f"family = '{number}'" for number in range(500))
    assert worked_out(f"name.where({text}).empty()") == [True]


@pytest.mark.parametrize(
    "text",
    [
        "(1).repeat($this + 1)",
        "(1 | 2 | 3 | 4).repeat($this.combine($this + 10))",
        "(1|2|3|4|5|6|7|8|9).select(" * 9 + "$this" + ")" * 9,
        "('x').repeat($this & $this)",
        "(1|2|3|4|5|6|7|8|9).aggregate($total & $total & $total & $total, 'xxxxxxxxxxxxxxxx').select(length())",
        "(1|2|3|4|5|6|7|8|9).aggregate($total.combine($total).combine($total).combine($total), 1.combine(2).combine(3))",
        "descendants().select(%resource.descendants()).select(%resource.descendants()).select(%resource.descendants())",
        "'" + "a" * 5000 + "'.matches('(a+)+$').select((1).repeat($this + 1))",
    ],
)
def test_what_runs_away_is_stopped_soon(text: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(RunsAway):
        worked_out(text)
    assert time.perf_counter() - begun < 5


def test_the_same_text_is_read_once() -> None:
    assert compiled("name.given.first()") is compiled("name.given.first()")
    assert isinstance(compiled("name.given.first()"), Expression)
