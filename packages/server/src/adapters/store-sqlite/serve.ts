import type { MessagePort } from 'node:worker_threads';
import type { DatabaseSync } from 'node:sqlite';
import type { Call, FromThread, Reply, ThreadError, Verbs } from './protocol.ts';

export interface Service {
  readonly port: MessagePort;
  readonly db: DatabaseSync;
  readonly verbs: Verbs;
  /** Verbs that go before all others: somebody is waiting for their answer. */
  readonly urgent?: readonly string[];
  /** Calls that may share one transaction. A commit costs a sync on core.db; on events.db a batch is large enough by itself. */
  readonly together: number;
  /** 'read': no transaction; each verb sees what is committed when it starts. */
  readonly mode: 'write' | 'read';
}

/**
 * Runs calls on a database until it is told to close; what was asked before that is answered.
 *
 * What arrived while the last commit ran goes together in one transaction (group commit); each call has its own savepoint, so one
 * that fails takes back nothing but itself. Answers leave after the commit.
 */
function serve(service: Service): void {
  const { port, urgent = [] } = service;
  const first: Call[] = [];
  const rest: Call[] = [];
  let scheduled = false;
  let closing = false;

  function round(): void {
    scheduled = false;
    const calls = first.length > 0 ? first.splice(0, service.together) : rest.splice(0, service.together);
    const replies = service.mode === 'write' ? commitTogether(service, calls) : calls.map((call) => run(service, call));
    port.postMessage({ replies } satisfies FromThread);
    schedule();
  }
  /** One round per turn of the event loop, so that urgent calls which arrived meanwhile are seen before the next. */
  function schedule(): void {
    if (scheduled) return;
    if (first.length + rest.length > 0) {
      scheduled = true;
      setImmediate(round);
    } else if (closing) {
      service.db.close();
      port.close();
    }
  }
  port.on('message', (call: Call | 'close') => {
    if (call === 'close') {
      closing = true;
      return schedule();
    }
    (urgent.includes(call.verb) ? first : rest).push(call);
    schedule();
  });
  port.postMessage({ ready: true } satisfies FromThread);
}

function commitTogether(service: Service, calls: readonly Call[]): Reply[] {
  const { db } = service;
  try {
    db.exec('BEGIN IMMEDIATE');
    const replies = calls.length === 1 ? calls.map((call) => runBare(service, call)) : calls.map((call) => runInSavepoint(service, call));
    db.exec('COMMIT');
    return replies;
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    // Nothing was committed: nobody may be told otherwise.
    return calls.map(({ id }) => ({ id, error: threadError(cause) }));
  }
}

/** Alone in its transaction: a failure rolls that back, no savepoint needed. */
function runBare(service: Service, call: Call): Reply {
  return { id: call.id, answer: invoke(service, call) };
}

function runInSavepoint(service: Service, call: Call): Reply {
  service.db.exec('SAVEPOINT call');
  const reply = run(service, call);
  // A full disk rolls the whole transaction back by itself: then it failed for everybody.
  if (reply.error && !service.db.isTransaction) throw reply.error.cause;
  if (reply.error) service.db.exec('ROLLBACK TO call');
  service.db.exec('RELEASE call');
  return reply;
}

function run(service: Service, call: Call): Reply {
  try {
    return { id: call.id, answer: invoke(service, call) };
  } catch (cause) {
    return { id: call.id, error: threadError(cause) };
  }
}

function invoke(service: Service, call: Call): unknown {
  const verb = service.verbs[call.verb];
  if (!verb) throw new TypeError(`no verb ${call.verb}`);
  return verb(call.args as never);
}

/** SQLITE_ERROR, CONSTRAINT, MISMATCH, MISUSE, RANGE: what was asked is wrong. All other codes are about the world. */
const OUR_FAULT = new Set([1, 19, 20, 21, 25]);

/**
 * Opens the database and serves it, or says why it cannot be opened and ends the thread.
 */
export function openAndServe(port: MessagePort, open: () => Omit<Service, 'port'>): void {
  try {
    serve({ port, ...open() });
  } catch (cause) {
    port.postMessage({ failed: threadError(cause) } satisfies FromThread);
    port.close();
  }
}

function threadError(cause: unknown): ThreadError {
  const code = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : 0;
  return { kind: code !== 0 && !OUR_FAULT.has(code) ? 'outage' : 'bug', cause };
}
