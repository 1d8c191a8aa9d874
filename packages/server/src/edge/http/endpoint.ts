/**
 * A route of the API, told once: who may call it, what it takes, what it answers. From that come its check of the role, the
 * parsing of its input and its page in the OpenAPI document, so none of the three can be forgotten.
 */
import { type Action, can } from '@foyer/domain';
import { READS } from '@foyer/protocol';
import { toJsonSchema } from '@valibot/to-json-schema';
import type { Context, Hono } from 'hono';
import { type DescribeRouteOptions, describeRoute, resolver } from 'hono-openapi';
import type * as v from 'valibot';
import { Outage } from '../../ports/outage.ts';
import type { Actor } from '../../team/sessions.ts';
import { ErrorAnswer } from './answers.ts';
import { check, readJson } from './body.ts';
import type { Client, HttpDeps } from './deps.ts';
import type { Failures } from './failures.ts';
import { REFUSALS, type Refusal, refusalResponse, type Reply } from './replies.ts';
import { remoteAddressOf } from './remote-address.ts';
import { isSameOrigin } from './same-origin.ts';

export const API = '/api/v1';
/** Of the endpoints that read the request log. */
export const REQUEST_LOG_TAG = 'Request log';

/** 'anybody' needs no session, 'member' any; an action needs a role that may do it. */
export type Access = 'anybody' | 'member' | Action;

export interface Asked<Body, Query> {
  readonly request: Request;
  readonly client: Client;
  readonly body: Body;
  readonly query: Query;
  /** Of `:name` in the path. */
  param(name: string): string;
}
interface Common<Body, Query, Out> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly about?: string;
  readonly body?: v.GenericSchema<unknown, Body>;
  readonly query?: v.GenericSchema<unknown, Query>;
  readonly status: 200 | 201 | 204;
  readonly answer?: v.GenericSchema<unknown, Out>;
  /** Statuses it may answer besides those that follow from access and input. */
  readonly refuses?: readonly (404 | 409 | 413 | 415 | 422 | 429 | 502)[];
  /** The body is a file of at most so many bytes: the handler reads it from the request itself. */
  readonly takesFile?: number;
  /** It answers a `Response` of one of these types in place of JSON. */
  readonly produces?: readonly string[];
  /** Only for workspaces whose plan has visitor tracking. */
  readonly tracking?: true;
}
export interface OpenEndpoint<Body, Query, Out> extends Common<Body, Query, Out> {
  readonly access: 'anybody';
  handle(asked: Asked<Body, Query>): Promise<Reply<Out> | Refusal>;
}
export interface GuardedEndpoint<Body, Query, Out> extends Common<Body, Query, Out> {
  readonly access: Exclude<Access, 'anybody'>;
  handle(asked: Asked<Body, Query> & { readonly actor: Actor }): Promise<Reply<Out> | Refusal>;
}

export interface Endpoints {
  open<Body = undefined, Query = undefined, Out = undefined>(endpoint: OpenEndpoint<Body, Query, Out>): void;
  guarded<Body = undefined, Query = undefined, Out = undefined>(endpoint: GuardedEndpoint<Body, Query, Out>): void;
  /** What was declared, for the table test and the document's. */
  readonly declared: readonly { readonly method: string; readonly path: string; readonly access: Access }[];
}

/** Adds endpoints to `app`. Order of a request: origin, session, role, plan, input, handler. */
export function endpointsOf(app: Hono, deps: HttpDeps, failures: Failures): Endpoints {
  const declared: { method: string; path: string; access: Access }[] = [];

  function mount<Body, Query, Out>(
    endpoint: Common<Body, Query, Out> & { access: Access },
    run: (asked: Asked<Body, Query>, actor: Actor | null) => Promise<Reply<Out> | Refusal>,
  ): void {
    const path = API + endpoint.path;
    declared.push({ method: endpoint.method, path, access: endpoint.access });
    app.on(endpoint.method.toUpperCase(), path, describeRoute(descriptionOf(endpoint)), async (c) => {
      const outcome = await logged(c, endpoint, path, (seen) => admit(endpoint, run, c, seen));
      if (!outcome.ok) return refusalResponse(outcome);
      const headers = {
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        ...outcome.headers,
      };
      if (outcome.body instanceof Response) {
        for (const [name, value] of Object.entries(headers)) outcome.body.headers.set(name, value);
        return outcome.body;
      }
      return endpoint.status === 204 ? c.body(null, 204, headers) : c.json(outcome.body as object, endpoint.status, headers);
    });
  }

  /** A line in the workspace's request log; what reads the log is not in it. */
  async function logged<T extends { ok: boolean }>(
    c: Context,
    endpoint: Pick<Common<unknown, unknown, unknown>, 'tag' | 'status' | 'method' | 'produces'>,
    path: string,
    answer: (seen: { actor: Actor | null }) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    const { requestLog, clock } = deps;
    if (requestLog === undefined || endpoint.tag === REQUEST_LOG_TAG) return answer({ actor: null });
    const startedMs = clock.mono();
    const seen: { actor: Actor | null } = { actor: null };
    const note = (status: number, error: string): void => {
      // Who is not signed in is in no workspace.
      if (seen.actor === null) return;
      const request = c.req.raw;
      // Pages read many times an hour what they show. A file is asked for by somebody, and what failed is to be found.
      const source = endpoint.method === 'get' && endpoint.produces === undefined && error === '' ? READS : 'console';
      requestLog.note({
        ...{ workspace: seen.actor.workspace, source, endpoint: path, method: request.method, status, error },
        latencyMs: clock.mono() - startedMs,
        address: deps.client(request, remoteAddressOf(c)).address,
        userAgent: request.headers.get('user-agent') ?? '',
      });
    };
    try {
      const outcome = await answer(seen);
      if (outcome.ok) note(endpoint.status, '');
      else note((outcome as Refusal).status, (outcome as Refusal).error.code);
      return outcome;
    } catch (error) {
      note(error instanceof Outage ? 503 : 500, error instanceof Outage ? 'unavailable' : 'fault');
      throw error;
    }
  }

  async function admit<Body, Query, Out>(
    endpoint: Common<Body, Query, Out> & { access: Access },
    run: (asked: Asked<Body, Query>, actor: Actor | null) => Promise<Reply<Out> | Refusal>,
    c: Context,
    seen: { actor: Actor | null },
  ): Promise<Reply<Out> | Refusal> {
    const request = c.req.raw;
    if (endpoint.method !== 'get' && !isSameOrigin(request, deps.config.publicUrl)) return REFUSALS.crossSite;
    const client = deps.client(request, remoteAddressOf(c));

    let actor: Actor | null = null;
    if (endpoint.access !== 'anybody') {
      actor = await deps.sessions.authenticate(request.headers.get('cookie'), client.addressHash);
      if (actor === null) return REFUSALS.signedOut;
      seen.actor = actor;
      if (endpoint.access !== 'member' && !can(actor.role, endpoint.access)) return REFUSALS.notAllowed;
      if (endpoint.tracking && deps.directory.workspace(actor.workspace)?.trackingInPlan !== true) return REFUSALS.notInPlan;
    }

    const body = endpoint.body === undefined ? null : await readJson(request, endpoint.body);
    if (body?.ok === false) return body;
    const query = endpoint.query === undefined ? null : check(endpoint.query, given(c.req.query()));
    if (query?.ok === false) return query;

    const asked = {
      request,
      client,
      body: body?.body as Body,
      query: query?.body as Query,
      param: (name: string) => c.req.param(name) ?? '',
    };
    const outcome = await run(asked, actor);
    if (outcome.ok) failures.succeeded();
    return outcome;
  }

  return {
    declared,
    open: (endpoint) => mount(endpoint, (asked) => endpoint.handle(asked)),
    guarded: (endpoint) =>
      mount(endpoint, (asked, actor) => {
        if (actor === null) throw new Error(`${endpoint.path} ran without an actor`);
        return endpoint.handle({ ...asked, actor });
      }),
  };
}

/** `?sort=&limit=` says nothing about either. */
const given = (query: Record<string, string>) => Object.fromEntries(Object.entries(query).filter(([, text]) => text !== ''));

const ABOUT_STATUS: Readonly<Record<number, string>> = {
  400: 'The body is not JSON.',
  401: 'Not signed in.',
  403: 'The role may not do this, or the request comes from another site.',
  404: 'Nothing by that name in this workspace.',
  409: 'It contradicts what is stored.',
  413: 'The body is larger than 64 kB; a file larger than its bound.',
  415: 'No type of file that is taken, by its content.',
  422: 'Something given is not valid; `fields` says what.',
  429: 'Too many tries; `Retry-After` says when to come back.',
  502: 'Another server that was asked has declined; the message says what it said.',
  500: 'A fault of the server, logged there.',
  503: 'The store is away; nothing was changed.',
  507: 'The disk is nearly full; files are not taken.',
};
/** Input is documented as it is typed, before trimming and parsing. */
const AS_TYPED = { typeMode: 'input', errorMode: 'ignore' } as const;

function descriptionOf<Body, Query, Out>(endpoint: Common<Body, Query, Out> & { access: Access }): DescribeRouteOptions {
  const refuses = new Set<number>([...(endpoint.refuses ?? []), 500, 503]);
  if (endpoint.access !== 'anybody') refuses.add(401);
  if (endpoint.access !== 'anybody' || endpoint.method !== 'get') refuses.add(403);
  if (endpoint.body !== undefined) for (const status of [400, 413, 422]) refuses.add(status);
  if (endpoint.takesFile !== undefined) for (const status of [413, 415, 429, 507]) refuses.add(status);
  if (endpoint.query !== undefined) refuses.add(422);
  if (endpoint.path.includes(':')) refuses.add(404);
  const error = { 'application/json': { schema: resolver(ErrorAnswer, AS_TYPED) } };
  const done = endpoint.produces
    ? { content: Object.fromEntries(endpoint.produces.map((type) => [type, { schema: { type: 'string' as const } }])) }
    : endpoint.answer === undefined
      ? {}
      : { content: { 'application/json': { schema: resolver(endpoint.answer, AS_TYPED) } } };
  return {
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.about === undefined ? {} : { description: endpoint.about }),
    ...(endpoint.access === 'anybody' ? { security: [] } : {}),
    ...(endpoint.query === undefined ? {} : { parameters: parametersOf(endpoint.query) }),
    ...(endpoint.takesFile === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/octet-stream': { schema: { type: 'string' as const, format: 'binary', maxLength: endpoint.takesFile } },
            },
          },
        }),
    ...(endpoint.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: resolver(endpoint.body, AS_TYPED) } } } }),
    responses: {
      [endpoint.status]: { description: 'Done.', ...done },
      ...Object.fromEntries([...refuses].map((status) => [status, { description: ABOUT_STATUS[status] ?? '', content: error }])),
    },
  };
}

function parametersOf(query: v.GenericSchema): NonNullable<DescribeRouteOptions['parameters']> {
  const { properties = {}, required = [] } = toJsonSchema(query, AS_TYPED);
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Record<string, unknown> & { description?: string };
    return {
      in: 'query' as const,
      name,
      required: required.includes(name),
      schema: rest,
      ...(description === undefined ? {} : { description }),
    };
  });
}
