"""The desk as other programs call it: a small REST interface of FHIR R4."""
