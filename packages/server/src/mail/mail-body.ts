/** Mails to visitors, as text and as HTML. Everything that somebody typed is text: nothing of it is markup, an address, or a header. */
import type { WidgetLanguage } from '@foyer/protocol';
import { MAIL_WORDS } from './mail-words.ts';

export interface MailFile {
  readonly name: string;
  /** Absolute; '' = there is none, the name alone stands there. */
  readonly url: string;
}
/** One message as the mail shows it. */
export interface MailLine {
  readonly mine: boolean;
  /** Who wrote it; '' of the visitor's own. */
  readonly name: string;
  readonly at: number;
  readonly text: string;
  readonly files: readonly MailFile[];
  /** Buttons or fields, answers, stars. */
  readonly items: readonly string[];
  readonly deleted: boolean;
}
export interface Letter {
  readonly kind: 'digest' | 'transcript';
  readonly lang: WidgetLanguage;
  readonly team: string;
  /** #rrggbb of the site. */
  readonly accent: string;
  /** Where the conversation goes on: http(s), or ''. */
  readonly link: string;
  readonly timeZone: string;
  readonly lines: readonly MailLine[];
  /** Of a transcript: there is more before. */
  readonly isCut: boolean;
}
export interface Written {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export function writeLetter(letter: Letter): Written {
  const words = MAIL_WORDS[letter.lang];
  const team = oneLine(letter.team, 80);
  const isDigest = letter.kind === 'digest';
  const intro = isDigest ? (letter.lines.length === 1 ? words.oneReply(team) : words.replies(team)) : words.transcript(team);
  const foot = isDigest ? words.why(team) : '';
  const times = clockOf(letter);
  const who = (line: MailLine): string => (line.mine ? words.you : oneLine(line.name, 80) || team);
  const textOf = (line: MailLine): string => (line.deleted ? words.deleted : clean(line.text));
  const cut = letter.isCut ? words.cut : '';

  const text = [
    intro,
    cut,
    ...letter.lines.map((line) =>
      [`${who(line)} · ${times(line.at)}`, textOf(line), ...line.items.map((item) => `• ${clean(item)}`), ...line.files.map(fileText)]
        .filter((part) => part !== '')
        .join('\n'),
    ),
    letter.link === '' ? '' : `${words.goOn}: ${letter.link}`,
    foot === '' ? '' : `-- \n${foot}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');

  const html = page(letter, [
    `<p style="${STYLE.text}">${escape(intro)}</p>`,
    cut === '' ? '' : `<p style="${STYLE.small}">${escape(cut)}</p>`,
    ...letter.lines.map((line) => lineHtml(line, { who: who(line), at: times(line.at), text: textOf(line) })),
    letter.link === ''
      ? ''
      : `<p style="margin:24px 0"><a href="${escape(letter.link)}" style="${STYLE.button};background:${accentOf(letter)};color:${inkOn(accentOf(letter))}">${escape(words.goOn)}</a></p>`,
    foot === '' ? '' : `<p style="${STYLE.small}">${escape(foot)}</p>`,
  ]);
  return { subject: isDigest ? words.subject(team) : words.transcriptSubject(team), text: `${text}\n`, html };
}

const STYLE = {
  text: 'margin:0 0 16px;font-size:15px;line-height:1.5',
  small: 'margin:24px 0 0;font-size:12px;line-height:1.5;color:#667085',
  line: 'margin:0 0 12px;padding:12px 14px;border-radius:12px;background:#f2f4f7',
  mine: 'margin:0 0 12px;padding:12px 14px;border-radius:12px;background:#ffffff;border:1px solid #e4e7ec',
  who: 'margin:0 0 4px;font-size:12px;color:#667085',
  said: 'margin:0;font-size:15px;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere',
  item: 'margin:4px 0 0;font-size:14px',
  button: 'display:inline-block;padding:10px 18px;border-radius:10px;font-size:15px;font-weight:600;text-decoration:none',
} as const;

function page({ lang }: Letter, parts: readonly string[]): string {
  const dir = lang === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"></head>
<body style="margin:0;background:#ffffff"><div dir="${dir}" style="max-width:560px;margin:0 auto;padding:24px 16px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#101828">
${parts.filter((part) => part !== '').join('\n')}
</div></body></html>
`;
}

function lineHtml(line: MailLine, said: { who: string; at: string; text: string }): string {
  // Each message has its own direction: an English answer inside an Arabic mail.
  const parts = [
    `<p style="${STYLE.who}"><bdi>${escape(said.who)}</bdi> · <bdi>${escape(said.at)}</bdi></p>`,
    said.text === '' ? '' : `<p dir="auto" style="${STYLE.said}">${escape(said.text)}</p>`,
    ...line.items.map((item) => `<p dir="auto" style="${STYLE.item}">• ${escape(clean(item))}</p>`),
    ...line.files.map(({ name, url }) => {
      const shown = `📎 ${escape(oneLine(name, 200))}`;
      return `<p dir="auto" style="${STYLE.item}">${url === '' ? shown : `<a href="${escape(url)}">${shown}</a>`}</p>`;
    }),
  ];
  return `<div style="${line.mine ? STYLE.mine : STYLE.line}">${parts.filter((part) => part !== '').join('')}</div>`;
}

const fileText = ({ name, url }: MailFile): string => `📎 ${oneLine(name, 200)}${url === '' ? '' : ` ${url}`}`;

function clockOf({ lang, timeZone }: Letter): (at: number) => string {
  const make = (zone: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  let format: Intl.DateTimeFormat;
  try {
    format = make(timeZone === '' ? 'UTC' : timeZone);
  } catch {
    // A zone that a browser made up.
    format = make('UTC');
  }
  return (at) => `${format.format(at)}${timeZone === '' ? ' UTC' : ''}`;
}

/** Typed text without what no reader shows: control characters but line ends and tabs, and halves of characters. */
const clean = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}--[\n\t]]/gv, '')
    .toWellFormed()
    .trim();

/** On one line, so that it can stand in a header, and no longer than `most`. */
const oneLine = (text: string, most: number): string =>
  clean(text)
    .replace(/\s+/gu, ' ')
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '');

export const escape = (text: string): string => text.replace(/[&<>"']/g, (one) => ESCAPED[one] ?? one);
const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const accentOf = ({ accent }: Letter): string => (/^#[0-9a-f]{6}$/i.test(accent) ? accent : '#0f766e');

/** Black or white, whichever stands out more from the colour (WCAG 2 relative luminance). */
function inkOn(colour: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff';
}
