-- Best corrected visual acuity as logMAR: 0 is 6/6, 0.1 a line, above 1.6 counted fingers and less.
ALTER TABLE refractive_measurements
  ADD COLUMN acuity double precision CHECK (acuity BETWEEN -0.5 AND 3);

-- A refraction repeated in every value, the acuity too, is the same refraction.
DO $$
DECLARE
  c text;
BEGIN
  FOR c IN SELECT conname FROM pg_constraint
    WHERE conrelid = 'refractive_measurements'::regclass AND contype = 'u'
      AND array_length(conkey, 1) > 2
  LOOP
    EXECUTE format('ALTER TABLE refractive_measurements DROP CONSTRAINT %I', c);
  END LOOP;
END
$$;
ALTER TABLE refractive_measurements
  ADD CONSTRAINT refractive_measurements_same UNIQUE NULLS NOT DISTINCT
    (organization_id, eye_id, sphere, cylinder, axis, axial_length, intraocular_pressure, diagnosis,
      acuity);
