"""An episode for another system: one FHIR R4 Bundle, judged before it leaves. Stands above everything it tells of."""
