import { h } from 'preact';
import { Icon } from './icon.tsx';
import { FILE, X } from './icons-more.ts';
import { state } from './state.ts';
import { removeUpload, retryUpload } from './uploads.ts';

/** What the next message takes along, over the composer. */
export function UploadList() {
  const { texts, uploads } = state;
  return (
    <ul class="uploads">
      {uploads.map((upload) => (
        <li key={upload.key} class={upload.failed ? 'failed' : ''}>
          {upload.preview ? <img src={upload.preview} alt="" /> : <Icon d={FILE} />}
          <bdi>{upload.file.name}</bdi>
          {upload.failed ? (
            <button class="do" type="button" onClick={() => retryUpload(upload)}>
              {texts.again}
            </button>
          ) : (
            !upload.id && <progress max={1} value={upload.share} aria-label={texts.uploading(upload.file.name)} />
          )}
          <button class="tool" type="button" aria-label={texts.remove(upload.file.name)} onClick={() => removeUpload(upload)}>
            <Icon d={X} />
          </button>
        </li>
      ))}
    </ul>
  );
}
