-- Who a patient is may be corrected. One who was entered by mistake, of whom there is neither an
-- image nor a measurement, may be removed with the eyes; the foreign keys hold back the rest.
GRANT UPDATE (external_reference, patient_name, age, gender, ethnicity) ON patients TO fovea_api;
GRANT DELETE ON patients, eyes TO fovea_api;
