import { createTransport, type SendMailOptions } from 'nodemailer';
import type { MailOptions } from '../ports/notice-store.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** `<…>`. */
  readonly messageId: string;
  /** Of the mails before it in its thread, first one first; [] = it begins one. */
  readonly references: readonly string[];
  readonly at: number;
}
/**
 * `error`: for people, one line, as the server said it; '' = it is on its way. `isFinal`: the server will never take this mail for this
 * address. `isWay`: the server itself could not be used, so other mails fare no better.
 */
export interface SendResult {
  readonly error: string;
  readonly isFinal: boolean;
  readonly isWay: boolean;
}
export type SendMail = (options: MailOptions, mail: Mail) => Promise<SendResult>;

/** A server that does not answer for this long is not there. A mail is a few kB: nothing here takes minutes. */
const CONNECT_WITHIN_MS = 10_000;
const SILENT_FOR_MS = 20_000;
const ERROR_CHARS = 300;

/** By SMTP, one connection a mail: a team sends a few a minute at most. `ca`: for tests, whose server signs for itself. */
export const sendBySmtp =
  (trust: { readonly ca?: string } = {}): SendMail =>
  async (options, mail) => {
    const { host, port, security, user, password, fromName, fromEmail } = options;
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user === '' ? {} : { auth: { user, pass: password } }),
      ...(trust.ca === undefined ? {} : { tls: { ca: trust.ca } }),
      connectionTimeout: CONNECT_WITHIN_MS,
      greetingTimeout: CONNECT_WITHIN_MS,
      socketTimeout: SILENT_FOR_MS,
      // Nothing that somebody typed makes the library read a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const message: SendMailOptions = {
      from: { name: fromName, address: fromEmail },
      // As a value, not as text that would be read as a list of addresses.
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.messageId,
      ...(mail.references.length === 0 ? {} : { inReplyTo: mail.references.at(-1)!, references: [...mail.references] }),
      date: new Date(mail.at),
      headers: {
        // RFC 3834: no out-of-office answers to it.
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
      },
    };
    try {
      await transport.sendMail(message);
      return SENT;
    } catch (failure) {
      return failed(failure);
    } finally {
      transport.close();
    }
  };

const SENT: SendResult = { error: '', isFinal: false, isWay: false };

function failed(failure: unknown): SendResult {
  const { message, responseCode, command } = failure as { message?: string; responseCode?: number; command?: string };
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  const error = (message ?? String(failure)).replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return {
    error: error.slice(0, ERROR_CHARS) || 'the mail server gave no reason',
    isFinal: isAboutMail && (responseCode ?? 0) >= 500,
    isWay: !isAboutMail,
  };
}
