import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a part can be asked: names to functions of one argument. Arguments and answers travel as JSON. */
export type Commands = Record<string, (argument: never) => unknown>;
type Answer<C extends Commands, Name extends keyof C> = Awaited<ReturnType<C[Name]>>;
type Argument<C extends Commands, Name extends keyof C> = Parameters<C[Name]>[0];

interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}
interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** A process of its own, asked over IPC. */
export interface Part<C extends Commands> {
  readonly pid: number;
  ask<Name extends keyof C & string>(name: Name, argument: Argument<C, Name>): Promise<Answer<C, Name>>;
  /** Ends the process; answers when it is gone. */
  stop(): Promise<void>;
}

/** Throws from `ask` what the part threw, and when the part dies. */
export function startPart<C extends Commands>(file: URL): Part<C> {
  const child: ChildProcess = fork(fileURLToPath(file), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let calls = 0;
  child.on('message', (reply: Reply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) call?.resolve(reply.answer);
    else call?.reject(new Error(reply.error));
  });
  child.on('exit', (code, signal) => {
    for (const call of waiting.values()) call.reject(new Error(`a load generator ended (${signal ?? code})`));
    waiting.clear();
  });
  return {
    pid: child.pid ?? 0,
    ask(name, argument) {
      const id = ++calls;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
        child.send({ id, name, argument } satisfies Call, (error) => {
          if (error) reject(error);
        });
      });
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The other end: answers until the parent is gone, then ends. */
export function servePart(commands: Commands): void {
  process.on('message', (call: Call) => {
    const run = commands[call.name] as ((argument: unknown) => unknown) | undefined;
    const reply = (rest: Omit<Reply, 'id'>) => process.send?.({ id: call.id, ...rest });
    Promise.resolve()
      .then(() => run?.(call.argument))
      .then(
        (answer) => reply({ answer }),
        (error: unknown) => reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  // Ctrl-C goes to the whole terminal; the parent decides when its parts end.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(0));
}
