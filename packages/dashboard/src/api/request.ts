import type { ApiError } from '@foyer/protocol';

/** A request the server declined (or could not be reached: status 0). The message is for people. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(q: { status: number; code: string; message: string; fields?: Readonly<Record<string, string>> }) {
    super(q.message);
    this.name = 'ApiFailure';
    this.status = q.status;
    this.code = q.code;
    this.fields = q.fields ?? {};
  }
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** One call of /api/v1, `undefined` for an answer without a body. Throws `ApiFailure`, and nothing else but an abort. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, headers, signal } = options;
  const response = await fetch(`/api/v1${path}`, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiFailure({ status: 0, code: 'unreachable', message: 'Foyer cannot be reached. Check the connection and try again.' });
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  throw failureOf(response.status, await response.json().catch(() => null));
}

/** `answer`: the body, as far as it was JSON. */
export function failureOf(status: number, answer: unknown): ApiFailure {
  const error = isApiError(answer) ? answer.error : null;
  return new ApiFailure({
    status,
    code: error?.code ?? 'failed',
    message: error?.message ?? `Foyer answered ${status}. Try again in a moment.`,
    ...(error?.fields ? { fields: error.fields } : {}),
  });
}

function isApiError(answer: unknown): answer is ApiError {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'error' in answer &&
    typeof answer.error === 'object' &&
    answer.error !== null &&
    'message' in answer.error
  );
}
