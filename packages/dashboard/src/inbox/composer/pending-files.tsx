import { CHAT_LIMITS } from '@foyer/protocol';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { percent } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { fileSize } from '../file-size.ts';
import { InboxIcon } from '../inbox-icon.tsx';
import { useDesk, useUploads } from './composer-desk.ts';
import type { Upload } from './uploads.ts';

/** Files that go with the message: how far each is, or why it is not taken. */
export function PendingFiles({ conversation }: { readonly conversation: string }) {
  const list = useUploads(conversation);
  const { uploads } = useDesk();
  if (list.length === 0) return null;
  const last = list.findLast((one) => one.file !== null);
  return (
    <>
      <ul className="pending-attachments" aria-label={t.composer.files.list} data-testid="pending-files">
        {list.map((one) => (
          <li
            key={one.key}
            className="pending-file"
            data-testid="pending-file"
            data-state={one.problem ? 'problem' : one.file ? 'done' : 'uploading'}
          >
            <Picture upload={one} />
            <span className="pending-name">
              <bdi className="truncate">{one.name}</bdi>
              <small className="num">{one.problem ? problemWord(one) : fileSize(one.bytes)}</small>
            </span>
            {one.problem === 'failed' && (
              <button type="button" aria-label={t.composer.files.again(one.name)} onClick={() => uploads.again(conversation, one.key)}>
                <Icon name="retry" size="sm" />
              </button>
            )}
            <button type="button" aria-label={t.composer.files.remove(one.name)} onClick={() => uploads.remove(conversation, one.key)}>
              <Icon name="x" size="sm" />
            </button>
            {!one.problem && !one.file && (
              <progress value={one.progress} max={1} aria-label={t.composer.files.progress(one.name, percent(one.progress))} />
            )}
          </li>
        ))}
      </ul>
      <span className="visually-hidden" role="status">
        {last ? t.composer.files.uploaded(last.name) : ''}
      </span>
    </>
  );
}

function problemWord({ problem, said }: Upload): string {
  const words = t.composer.files;
  if (problem === 'too_big') return words.tooBig(fileSize(CHAT_LIMITS.fileBytes));
  if (problem === 'empty') return words.empty;
  return problem === 'refused' ? words.refused : said || words.failed;
}

const THUMB_PX = 56;

/** Drawn onto a canvas: the page's own policy forbids addresses of local files, and a photograph of 12 megapixels needs no more than this. */
function Picture({ upload }: { readonly upload: Upload }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const isImage = /^image\/(png|jpeg|gif|webp|avif)$/.test(upload.type);
  useEffect(() => {
    if (!isImage) return;
    let isOver = false;
    createImageBitmap(upload.source).then(
      (bitmap) => {
        const context = canvas.current?.getContext('2d');
        if (!isOver && context) {
          const side = Math.min(bitmap.width, bitmap.height);
          const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
          context.drawImage(bitmap, x, y, side, side, 0, 0, THUMB_PX, THUMB_PX);
          setDrawn(true);
        }
        bitmap.close();
      },
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [upload.source, isImage]);
  return (
    <>
      {isImage && <canvas ref={canvas} className="pending-thumb" width={THUMB_PX} height={THUMB_PX} hidden={!drawn} />}
      {!drawn && <InboxIcon name={isImage ? 'image' : 'file'} size="sm" />}
    </>
  );
}
