import { Fragment, h } from 'preact';
import type { ChatFile } from '@foyer/protocol/link';
import { Icon } from './icon.tsx';
import { FILE } from './icons-more.ts';
import { state } from './state.ts';
import { absolute } from './tracker.ts';

const isPicture = ({ type, width }: Pick<ChatFile, 'type' | 'width'>): boolean => /^image\/(png|jpeg|gif|webp)$/.test(type) && width > 0;
const WIDEST_PX = 232;
const TALLEST_PX = 240;
/** Where a page's policy lets no pictures of ours in, they are files like others. */
let seesPictures = true;

export const Files = ({ of: files }: { readonly of: readonly ChatFile[] }) => (
  <Fragment>
    {files.map((file) =>
      seesPictures && isPicture(file) && file.url ? <Picture file={file} url={absolute(file.url)} /> : <FileRow file={file} />,
    )}
  </Fragment>
);
/** On their way: shown from here, since the server's addresses come with the message. */
export const OwnFiles = ({ ids }: { readonly ids: readonly string[] }) => (
  <Fragment>
    {ids.map((id) => {
      const upload = state.own[id];
      return upload?.preview ? (
        <img class="pic" src={upload.preview} alt={upload.file.name} />
      ) : (
        <FileRow file={{ name: upload?.file.name ?? '…', bytes: upload?.file.size ?? 0 }} />
      );
    })}
  </Fragment>
);

/** Its place is kept before it has come. The large view is a chunk of its own. */
const Picture = ({ file: { name, width, height }, url }: { readonly file: ChatFile; readonly url: string }) => {
  const scale = Math.min(1, WIDEST_PX / width, TALLEST_PX / height);
  const inline = `${url}${url.includes('?') ? '&' : '?'}preview=1`;
  return (
    <button
      class="pic"
      type="button"
      aria-label={state.texts.picture(name)}
      onClick={(event: Event) => {
        const from = event.currentTarget as HTMLElement;
        void import('./preview.ts').then(({ showPicture }) => showPicture({ from, inline, url, name, texts: state.texts }));
      }}
    >
      <img
        src={inline}
        alt=""
        width={Math.round(width * scale)}
        height={Math.round(height * scale)}
        loading="lazy"
        onError={() => (seesPictures = false)}
      />
    </button>
  );
};

const FileRow = ({ file: { name, bytes, url } }: { readonly file: Pick<ChatFile, 'name' | 'bytes' | 'url'> }) => {
  const inside = (
    <Fragment>
      <Icon d={FILE} />
      <span>
        <bdi>{name}</bdi>
        <small>{state.texts.size(bytes)}</small>
      </span>
    </Fragment>
  );
  return url ? (
    <a class="file" href={absolute(url)} target="_blank" rel="noopener noreferrer" download={name}>
      {inside}
    </a>
  ) : (
    <span class="file">{inside}</span>
  );
};
