package fovea.registry;

import org.jdbi.v3.core.Handle;

/** The stores as one actor sees them, within one transaction; do not keep them beyond it. */
public final class Stores {
  private final Handle handle;
  private final Actor actor;
  private final NameCipher names;
  private final Audit audit;

  Stores(Handle handle, Actor actor, NameCipher names) {
    this.handle = handle;
    this.actor = actor;
    this.names = names;
    this.audit = new Audit(handle, actor);
  }

  /** People whose eyes are photographed. */
  public Patients patients() {
    return new Patients(handle, actor, names, audit);
  }

  /** Those who were entered wrongly. */
  public PatientCorrections patientCorrections() {
    return new PatientCorrections(handle, names, audit);
  }

  /** What they allowed. */
  public Consents consents() {
    return new Consents(handle, actor, audit);
  }

  /** Their eyes. */
  public Eyes eyes() {
    return new Eyes(handle, actor, audit);
  }

  /** Measured refractions. */
  public Refractions refractions() {
    return new Refractions(handle, actor, audit);
  }

  /** Retinal photographs. */
  public Images images() {
    return new Images(handle, actor, audit);
  }

  /** Lists of them. */
  public ImageLists imageLists() {
    return new ImageLists(handle);
  }

  /** What networks learn from. */
  public TrainingData trainingData() {
    return new TrainingData(handle);
  }

  /** Photo sessions. */
  public Sessions sessions() {
    return new Sessions(handle, actor, names, audit);
  }

  /** Sessions made of others that failed. */
  public Restarts restarts() {
    return new Restarts(handle, actor, names, audit);
  }

  /** Their photographs and poses. */
  public SessionFiles sessionFiles() {
    return new SessionFiles(handle, actor, audit);
  }

  /** How their content arrives. */
  public Arrivals arrivals(Arrivals.Table table) {
    return new Arrivals(handle, audit, table);
  }

  /** 3D models. */
  public Models models() {
    return new Models(handle);
  }

  /** 3D models that were made elsewhere. */
  public ImportedModels importedModels() {
    return new ImportedModels(handle, audit);
  }

  /** Trained networks. */
  public TrainingRuns trainingRuns() {
    return new TrainingRuns(handle);
  }

  /** The organisation itself. */
  public Organizations organization() {
    return new Organizations(handle);
  }

  /** Its people. */
  public Users users() {
    return new Users(handle, actor, audit);
  }

  /** Who is signed in. */
  public SignIns signIns() {
    return new SignIns(handle, actor, audit);
  }

  /** What sign-in asks for beside the password. */
  public SecondFactors secondFactors() {
    return new SecondFactors(handle, actor, names, audit);
  }

  /** Tokens of programs. */
  public ServiceTokens serviceTokens() {
    return new ServiceTokens(handle, actor, audit);
  }

  /** The steps of sessions. */
  public SessionEvents sessionEvents() {
    return new SessionEvents(handle);
  }

  /** Whom to tell when sessions end. */
  public Webhooks webhooks() {
    return new Webhooks(handle, actor, names, audit);
  }

  /** How much it keeps, and may keep. */
  public Quotas quotas() {
    return new Quotas(handle);
  }

  /** What was done, to be read. */
  public AuditLog auditLog() {
    return new AuditLog(handle);
  }

  /** Comparisons of groups of patients. */
  public BiasReports biasReports() {
    return new BiasReports(handle);
  }

  /** Requests that may be sent again. */
  public Repetitions repetitions() {
    return new Repetitions(handle, actor, names);
  }

  /** What was done, to be written. */
  public Audit audit() {
    return audit;
  }
}
