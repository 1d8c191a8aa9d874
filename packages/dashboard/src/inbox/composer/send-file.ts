import type { ApiError, ChatFile, Uploaded } from '@foyer/protocol';
import { FileRefused, type SendFile } from './uploads.ts';

/** By XMLHttpRequest, because `fetch` does not tell how much has gone up. */
export const sendFile: SendFile = ({ name, source, signal, onProgress }) =>
  new Promise<ChatFile>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/files?${new URLSearchParams({ name })}`);
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    // Never the type the browser claims: what it is the server finds in the content.
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return resolve((request.response as Uploaded).file);
      const said = (request.response as ApiError | null)?.error?.message ?? '';
      // 4xx but "too many" and "signed out" is about the file itself.
      const isRefused = request.status >= 400 && request.status < 500 && request.status !== 429 && request.status !== 401;
      reject(isRefused ? new FileRefused(said) : new Error(`upload answered ${request.status}`));
    });
    request.addEventListener('error', () => reject(new Error('upload did not get through')));
    request.addEventListener('abort', () => reject(new Error('upload was ended')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(source);
  });
