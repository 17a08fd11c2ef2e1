package fovea.contract.capture;

import java.util.Locale;

/** Why an upload was quarantined: a stable code for programs, a sentence for people. */
public enum RejectionReason {
  /** The object is missing from storage. */
  OBJECT_MISSING("The file never arrived in storage. Upload it again"),
  /** Zero bytes. */
  EMPTY_FILE("The file is empty. Upload it again"),
  /** Over {@link Limits#MAX_BYTES}. */
  FILE_TOO_LARGE("The file is larger than 100 MB. Export it smaller"),
  /** Neither JPEG, PNG nor DICOM by content. */
  UNSUPPORTED_TYPE("The content is neither JPEG, PNG nor DICOM. Convert it first"),
  /** A format we know in a form we cannot read yet. */
  UNSUPPORTED_ENCODING("This encoding cannot be read. Export it as plain JPEG or PNG"),
  /** The header does not parse. */
  BAD_HEADER("The header of the picture is damaged. Export the picture again"),
  /** Over {@link Limits#MAX_PIXELS} or {@link Limits#MAX_EDGE}. */
  TOO_MANY_PIXELS("The picture claims more pixels than Fovea accepts. Export it smaller"),
  /** Under {@link Limits#MIN_EDGE}. */
  TOO_FEW_PIXELS("The picture is too small to be of use. Upload the original"),
  /** Over {@link Limits#MAX_SCANS}. */
  TOO_MANY_SCANS("The JPEG has an abnormal number of scans. Export it again"),
  /** More than one frame. */
  ANIMATED("The picture has several frames. Upload single pictures"),
  /** Ends before its end marker. */
  TRUNCATED("The picture ends before its end. Upload it again"),
  /** The decoder refused it. */
  DECODE_FAILED("The picture cannot be decoded. Export it again"),
  /** The stored bytes do not have the hash the uploader declared. */
  HASH_MISMATCH("The bytes in storage differ from what was declared. Upload it again"),
  /** A poses file that is neither text nor sound JSON. */
  BAD_POSES("The poses cannot be read. Upload transforms.json, a COLMAP model or a par file"),
  /** A DICOM object that is not one of a photograph. */
  UNSUPPORTED_OBJECT("The DICOM object holds no photograph. Upload ophthalmic photography objects"),
  /** A DICOM object that says its pixels tell who the patient is. */
  BURNED_IN_ANNOTATION("The object says that text is burned into it. Export it without annotation"),
  /** A zip whose directory or data do not hold together. */
  BAD_ARCHIVE("The archive is damaged or empty. Make it again"),
  /** More files in an archive than are taken. */
  TOO_MANY_MEMBERS("The archive has too many files. Split it"),
  /** More bytes in an archive than are taken. */
  ARCHIVE_TOO_LARGE("The files of the archive are too large together. Split it"),
  /** An archive in an archive. */
  NESTED_ARCHIVE("An archive inside an archive is not opened. Pack the pictures themselves"),
  /** A name that points out of the archive. */
  UNSAFE_NAME("The file's name points out of the archive. Pack it under a plain name"),
  /** A name that stands twice in an archive. */
  DUPLICATE_NAME("Another file of the archive has the same name. Pack each file once"),
  /** A file under a password. */
  ENCRYPTED_MEMBER("The file is encrypted. Pack it without a password"),
  /** Few bytes that become very many. */
  COMPRESSION_BOMB("The file swells abnormally when unpacked. Pack the picture itself"),
  /** A photograph of an archive over the cap of its session. */
  TOO_MANY_PHOTOS("The session has as many photographs as it may. Put the others in another one"),
  /** The same content is there already; the first image stands. */
  DUPLICATE("The same picture was uploaded before; the first upload stands");

  private final String sentence;

  RejectionReason(String sentence) {
    this.sentence = sentence;
  }

  /** Stable code in kebab-case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence for a person: what and what to do. */
  public String sentence() {
    return sentence;
  }
}
