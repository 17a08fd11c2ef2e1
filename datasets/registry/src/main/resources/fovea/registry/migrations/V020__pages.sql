-- Pages go by organisation, time and id.
CREATE INDEX idx_patients_page ON patients (organization_id, created_at, id);
CREATE INDEX idx_sessions_page ON sessions (organization_id, created_at, id);
CREATE INDEX idx_fundus_images_page ON fundus_images (organization_id, created_at, id);
CREATE INDEX idx_fundus_images_accepted
  ON fundus_images (organization_id, created_at, id) WHERE status = 'accepted';
CREATE INDEX idx_refractive_measurements_newest
  ON refractive_measurements (eye_id, created_at DESC, id DESC);
CREATE INDEX idx_model_training_logs_page ON model_training_logs (created_at, id);
