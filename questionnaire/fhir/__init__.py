"""The questionnaire, the answers and the conclusion as FHIR R4 resources; and answers from them."""
