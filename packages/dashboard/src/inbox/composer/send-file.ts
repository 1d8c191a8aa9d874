import { chatApi } from '../../api/chat-api.ts';
import { ApiFailure } from '../../api/request.ts';
import { FileRefused, type SendFile } from './uploads.ts';

/** To the server. What it declines about the file itself is for good; signed out, too many and everything of the network may go well later. */
export const sendFile: SendFile = async ({ name, source, signal, onProgress }) => {
  try {
    return await chatApi.upload(new File([source], name, { type: source.type }), { signal, onProgress });
  } catch (failure) {
    if (failure instanceof ApiFailure && failure.status >= 400 && failure.status < 500 && failure.status !== 401 && failure.status !== 429)
      throw new FileRefused(failure.message);
    throw failure;
  }
};
