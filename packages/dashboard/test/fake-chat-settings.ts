/** What the scripted server answers about chat settings, teams, agents, canned replies, mail and files: kept in memory, as a test sets it up. */
import {
  CHAT_LIMITS,
  type CannedReply,
  type ChatColleague,
  type ChatFile,
  type ChatSettings,
  type ChatTeam,
  type MailSettings,
} from '@foyer/protocol';

type Answer = [status: number, body: unknown];
type Body = Readonly<Record<string, unknown>>;
const refuse = (status: number, code: string, message: string): Answer => [status, { error: { code, message } }];

export class FakeChatSettings {
  settings: ChatSettings = {
    reopenForMs: 86_400_000,
    requeueAfterMs: 120_000,
    assignment: 'manual',
    capacity: 5,
    hours: null,
    typingPreview: false,
    answerGoalMs: 180_000,
    keepDays: 365,
  };
  teams: ChatTeam[] = [{ id: 't1', name: 'Support', members: ['u1', 'u3'] }];
  canned: CannedReply[] = [];
  readonly agents = new Map<string, Partial<Pick<ChatColleague, 'ownCapacity' | 'available'>>>();
  mail: MailSettings = {
    configured: false,
    host: '',
    port: 587,
    security: 'starttls',
    user: '',
    hasPassword: false,
    fromName: '',
    fromEmail: '',
    lastError: '',
    lastErrorAt: 0,
    queued: 0,
  };
  /** What the mail server says to a test; '' = it takes it. */
  mailSays = '';
  /** Set: the settings' next change is declined with this code. */
  declines = '';
  /** Files that arrived; where they are put for the conversations. */
  readonly files: Map<string, ChatFile>;
  #made = 0;

  constructor(files: Map<string, ChatFile>) {
    this.files = files;
  }

  /** null: not one of these routes. */
  answer(route: string, body: Body): Answer | null {
    const [method = '', path = ''] = route.split(' ');
    const [, kind, id = '', rest = ''] = path.split('/').map(decodeURIComponent);
    if (kind === 'canned-replies') return this.#canned(method, id, body);
    if (kind === 'mail') return this.#mail(method, id, body);
    if (kind !== 'chat') return null;
    if (id === 'settings' && method === 'PATCH') {
      if (this.declines !== '') return refuse(403, this.declines, 'from the server');
      return [200, Object.assign(this.settings, body)];
    }
    if (id === 'settings') return [200, this.settings];
    if (id === 'teams') return this.#team(method, rest, body);
    if (id === 'agents' && method === 'PATCH') {
      const said = this.agents.get(rest) ?? {};
      const capacity = 'capacity' in body ? { ownCapacity: body['capacity'] as number | null } : {};
      const available = 'available' in body ? { available: body['available'] as ChatColleague['available'] } : {};
      this.agents.set(rest, { ...said, ...capacity, ...available });
      return [200, {}];
    }
    return null;
  }

  /** An upload: what it is goes by its ending, as a real server goes by its content. */
  upload(name: string, bytes: number): Answer {
    const ending = /\.(\w+)$/.exec(name)?.[1] ?? '';
    if (ending === 'html') return refuse(415, 'bad_type', 'Files of this kind are not taken.');
    if (bytes > CHAT_LIMITS.fileBytes) return refuse(413, 'too_big', 'That is too much at once.');
    const type = ending === 'png' ? 'image/png' : ending === 'pdf' ? 'application/pdf' : 'text/plain';
    const size = ending === 'png' ? { width: 2, height: 2 } : { width: 0, height: 0 };
    const file: ChatFile = { id: this.#id('f'), name, type, bytes, ...size };
    this.files.set(file.id, file);
    return [201, { file }];
  }

  #canned(method: string, id: string, body: Body): Answer {
    const said = { shortcut: String(body['shortcut']), text: String(body['text']), shared: body['shared'] === true };
    if (method === 'POST') {
      const made: CannedReply = { id: this.#id('r'), ...said, mine: true };
      this.canned = [...this.canned, made];
      return [201, made];
    }
    if (method === 'PUT') {
      this.canned = this.canned.map((one) => (one.id === id ? { ...one, ...said } : one));
      return [200, this.canned.find((one) => one.id === id)];
    }
    if (method === 'DELETE') {
      this.canned = this.canned.filter((one) => one.id !== id);
      return [204, null];
    }
    return [200, this.canned];
  }

  #team(method: string, id: string, body: Body): Answer {
    const said = { name: String(body['name']), members: (body['members'] as string[] | undefined) ?? [] };
    if (method === 'POST') {
      const made: ChatTeam = { id: this.#id('t'), ...said };
      this.teams = [...this.teams, made];
      return [201, made];
    }
    if (method === 'PUT') this.teams = this.teams.map((one) => (one.id === id ? { id, ...said } : one));
    else if (method === 'DELETE') this.teams = this.teams.filter((one) => one.id !== id);
    return method === 'DELETE' ? [204, null] : [200, method === 'GET' ? this.teams : this.teams.find((one) => one.id === id)];
  }

  #mail(method: string, part: string, body: Body): Answer {
    if (part === 'test') return this.mailSays === '' ? [204, null] : refuse(502, 'mail_failed', this.mailSays);
    if (method === 'PUT') {
      const { password, ...said } = body;
      this.mail = { ...this.mail, ...said, configured: true, hasPassword: this.mail.hasPassword || password !== undefined };
    } else if (method === 'DELETE') {
      this.mail = { ...this.mail, configured: false, host: '', user: '', hasPassword: false, fromName: '', fromEmail: '' };
      return [204, null];
    }
    return [200, this.mail];
  }

  #id(kind: string): string {
    this.#made += 1;
    return `${kind}-${this.#made}`;
  }
}
