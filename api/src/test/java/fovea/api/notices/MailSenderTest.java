package fovea.api.notices;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fovea.api.notices.NoticeSettings.Smtp;
import fovea.registry.Webhooks.Delivery;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailSenderTest {
  @Test
  void a_mailbox_is_told_which_session_has_failed_and_why() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      Smtp smtp =
          new Smtp("127.0.0.1", server.getSmtp().getPort(), Optional.empty(), "", false, "f@house");
      UUID session = UUID.randomUUID();
      new MailSender(smtp)
          .send(
              new Delivery(
                  UUID.randomUUID(),
                  "mailto:ward@clinic.example",
                  "secret",
                  "session.failed",
                  session,
                  "too few photographs",
                  Instant.EPOCH,
                  "waiting",
                  1,
                  null));
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getSubject()).isEqualTo("Fovea: a session has failed");
      assertThat(mail.getAllRecipients()[0]).hasToString("ward@clinic.example");
      assertThat(mail.getContent().toString())
          .contains(session.toString())
          .contains("Reason: too few photographs")
          .doesNotContain("secret");
    } finally {
      server.stop();
    }
  }
}
