import { ApiFailure, failureOf } from './request.ts';

export interface UploadOptions {
  /** 0…1 of what has left; XMLHttpRequest, because `fetch` does not tell. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Sends a file as the body of one POST. Throws `ApiFailure`, or the signal's reason. */
export function upload<T>(path: string, file: Blob, { onProgress, signal }: UploadOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const stop = (): void => xhr.abort();
    xhr.open('POST', `/api/v1${path}`);
    xhr.responseType = 'json';
    xhr.setRequestHeader('content-type', 'application/octet-stream');
    xhr.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total);
    xhr.onload = () => (xhr.status >= 200 && xhr.status < 300 ? resolve(xhr.response as T) : reject(failureOf(xhr.status, xhr.response)));
    xhr.onerror = () =>
      reject(new ApiFailure({ status: 0, code: 'unreachable', message: 'Foyer cannot be reached. Check the connection and try again.' }));
    xhr.onabort = () => reject(signal?.reason);
    xhr.onloadend = () => signal?.removeEventListener('abort', stop);
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener('abort', stop);
    xhr.send(file);
  });
}
