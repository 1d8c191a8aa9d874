import type { ChatFile, Message, MessageBody } from '@foyer/protocol';
import { useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { WebLink } from '../../ui/web-link.tsx';
import { InboxIcon } from '../inbox-icon.tsx';
import { LinkedText } from './linked-text.tsx';

/** Longer ones are shown as far as this, with a way to the rest: a page of text would push the conversation away. */
const FOLD_CHARS = 1_600;

/** What a message says. `answer`: what the visitor clicked or sent in; `asked`: the form that a submission answers. */
export function MessageContent({
  body,
  answer = null,
  asked = null,
  mentions = [],
}: {
  readonly body: MessageBody;
  readonly answer?: Message | null;
  readonly asked?: Message | null;
  readonly mentions?: readonly string[];
}) {
  switch (body.kind) {
    case 'text':
      return (
        <div className="bubble" dir="auto">
          <Words text={body.text} />
          {body.sources && body.sources.length > 0 && <Sources sources={body.sources} />}
        </div>
      );
    case 'note':
      return (
        <div className="bubble" dir="auto">
          <Words text={body.text} mentions={mentions} />
        </div>
      );
    case 'attachment':
      return (
        <>
          {body.text !== '' && (
            <div className="bubble" dir="auto">
              <Words text={body.text} />
            </div>
          )}
          <div className="attachments">
            {body.files.map((file) => (
              <Attachment key={file.id} file={file} />
            ))}
          </div>
        </>
      );
    case 'buttons': {
      const chosen = answer?.body.kind === 'choice' ? answer.body.button : '';
      return (
        <>
          <div className="bubble" dir="auto">
            <Words text={body.text} />
          </div>
          <ul className="choices" aria-label={t.inbox.buttonsLabel}>
            {body.buttons.map(({ id, label }) => (
              <li key={id} className={id === chosen ? 'choice is-chosen' : 'choice'}>
                {id === chosen && <Icon name="check" size="sm" />}
                <bdi>{label}</bdi>
              </li>
            ))}
          </ul>
        </>
      );
    }
    case 'form':
      return (
        <>
          <div className="bubble" dir="auto">
            <Words text={body.text} />
          </div>
          <section className="submitted-form sent-form" aria-label={t.inbox.formLabel}>
            <dl>
              {body.fields.map((field) => (
                <div key={field.id}>
                  <dt dir="auto">{field.label}</dt>
                  <dd>{field.required ? t.inbox.required : ''}</dd>
                </div>
              ))}
            </dl>
            {!answer && <p className="quiet">{t.inbox.notAnswered}</p>}
          </section>
        </>
      );
    case 'submission': {
      const title = asked?.body.kind === 'form' ? (asked.body.text.split('\n')[0] ?? '') : '';
      return (
        <section className="submitted-form" aria-label={t.inbox.submittedForm(title)}>
          <header>
            <InboxIcon name="form" size="sm" />
            <b className="truncate" dir="auto">
              {title || t.inbox.submitted}
            </b>
            {title !== '' && <span>{t.inbox.submitted}</span>}
          </header>
          <dl>
            {body.values.map(({ id, label, value }) => (
              <div key={id}>
                <dt dir="auto">{label}</dt>
                <dd dir="auto">
                  <LinkedText text={value} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      );
    }
    default:
      return null;
  }
}

function Words({ text, mentions }: { readonly text: string; readonly mentions?: readonly string[] }) {
  const [isWhole, setWhole] = useState(text.length <= FOLD_CHARS);
  return (
    <p className="words">
      <LinkedText text={isWhole ? text : `${text.slice(0, FOLD_CHARS)}…`} {...(mentions ? { mentions } : {})} />
      {!isWhole && (
        <button className="link-button" type="button" onClick={() => setWhole(true)}>
          {t.inbox.showAll}
        </button>
      )}
    </p>
  );
}

function Sources({ sources }: { readonly sources: readonly { readonly title: string; readonly url: string }[] }) {
  return (
    <ol className="sources" aria-label={t.inbox.sourcesLabel}>
      {sources.map((source, i) => (
        <li key={source.url}>
          <span className="cite" aria-hidden="true">
            {i + 1}
          </span>
          <WebLink address={source.url}>{source.title}</WebLink>
        </li>
      ))}
    </ol>
  );
}

/** Raster images only: everything else is a download, whatever it calls itself. */
const isPicture = ({ type, width, url }: ChatFile): boolean => url !== undefined && width > 0 && /^image\/(png|jpeg|gif|webp)$/.test(type);
const PREVIEW = { width: 280, height: 220 };

function Attachment({ file }: { readonly file: ChatFile }) {
  const size = sizeWord(file.bytes);
  if (isPicture(file)) {
    // Its place is there before it has come: nothing jumps.
    const scale = Math.min(1, PREVIEW.width / file.width, PREVIEW.height / file.height);
    return (
      <figure className="attachment-image">
        <a href={`${file.url}&preview=1`} target="_blank" rel="noopener noreferrer" aria-label={t.inbox.openImage(file.name)}>
          <img
            src={`${file.url}&preview=1`}
            alt={t.inbox.photo(file.name)}
            width={Math.max(48, Math.round(file.width * scale))}
            height={Math.max(48, Math.round(file.height * scale))}
            loading="lazy"
            decoding="async"
          />
        </a>
        <figcaption className="truncate">{file.name}</figcaption>
      </figure>
    );
  }
  const words = (
    <>
      <InboxIcon name={file.type.startsWith('image/') ? 'image' : 'file'} />
      <span>
        <b className="truncate" dir="auto">
          {file.name}
        </b>
        <small className="num">{size}</small>
      </span>
    </>
  );
  if (file.url === undefined) return <span className="attachment-file">{words}</span>;
  return (
    <a className="attachment-file" href={file.url} download={file.name} aria-label={t.inbox.download(file.name, size)}>
      {words}
      <InboxIcon name="download" size="sm" />
    </a>
  );
}

/** `84 kB`, `2.1 MB`. */
function sizeWord(bytes: number): string {
  if (bytes < 1_000_000) return t.inbox.kilobytes(number(Math.max(1, Math.round(bytes / 1_000))));
  return t.inbox.megabytes(String(Math.round(bytes / 100_000) / 10));
}
