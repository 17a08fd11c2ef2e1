package fovea.api.notices;

import fovea.api.notices.NoticeSettings.Smtp;
import fovea.registry.Webhooks.Delivery;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Mails deliveries: ids, status and reason, never a name. */
final class MailSender {
  private static final String WAIT_MILLIS = "10000";

  private final Smtp smtp;

  MailSender(Smtp smtp) {
    this.smtp = smtp;
  }

  void send(Delivery delivery) throws MessagingException {
    MimeMessage mail = new MimeMessage(session());
    mail.setFrom(new InternetAddress(smtp.from()));
    mail.setRecipient(
        Message.RecipientType.TO,
        new InternetAddress(delivery.url().substring("mailto:".length()), true));
    String end = delivery.event().replace("session.", "");
    mail.setSubject("Fovea: a session has " + end, "UTF-8");
    mail.setHeader("Message-ID", "<" + delivery.id() + "@fovea>");
    String reason = delivery.failureReason() == null ? "" : "\nReason: " + delivery.failureReason();
    mail.setText(
        "Session %s has %s at %s.%s\n"
            .formatted(delivery.session(), end, delivery.happenedAt(), reason),
        "UTF-8");
    Transport.send(mail);
  }

  private Session session() {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", smtp.server());
    properties.setProperty("mail.smtp.port", Integer.toString(smtp.port()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(smtp.user().isPresent()));
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(smtp.tls()));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(smtp.tls()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.connectiontimeout", WAIT_MILLIS);
    properties.setProperty("mail.smtp.timeout", WAIT_MILLIS);
    properties.setProperty("mail.smtp.writetimeout", WAIT_MILLIS);
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(smtp.user().orElse(""), smtp.password());
          }
        });
  }
}
