import type { ChatState, Phase } from '@foyer/domain/chat';
import { fold } from '@foyer/domain/rules';
import type { ChatSource, Message, MessageBody } from '@foyer/protocol';
import type { AgentRecord, CannedRecord, FileRecord, StoredConversation } from '../../ports/chat-store.ts';
import type { Row } from './team-rows.ts';

const text = (row: Row, name: string): string => String(row[name]);
const number = (row: Row, name: string): number => Number(row[name]);

/** Columns of `conversation` in the order of `conversationValues`: set once, set by some decisions, set by all of them. */
const FIXED = ['id', 'workspace', 'site', 'source', 'visitor', 'cookieless', 'started_at'] as const;
const SOMETIMES = [
  ...([
    'status',
    'agent',
    'ai',
    'phase_at',
    'seen_at',
    'epoch',
    'team',
    'name',
    'email',
    'verified',
    'tags',
    'goals',
    'rating',
    'blocked_until',
  ] as const),
  'search',
] as const;
const ALWAYS = [
  ...(['last_message_at', 'awaiting_since', 'seq', 'rev', 'shown_rev', 'visitor_delivered', 'visitor_read', 'team_delivered'] as const),
  ...(['team_read', 'visitor_seq', 'waiting_since', 'chat_seq'] as const),
] as const;
export const CONVERSATION_COLUMNS = { fixed: FIXED, sometimes: SOMETIMES, always: ALWAYS };
type Value = string | number | null;

export function conversationValues(s: ChatState, chatSeq: number): { fixed: Value[]; sometimes: Value[]; always: Value[] } {
  const { phase } = s;
  const agent = phase.status === 'resolved' ? phase.lastAgent : 'agent' in phase ? phase.agent : '';
  return {
    fixed: [s.id, s.workspace, s.site, s.source, s.visitor, s.cookieless ? 1 : 0, s.startedAt],
    sometimes: [
      phase.status,
      agent,
      phase.status === 'ai' ? phase.ai : '',
      'since' in phase ? phase.since : phase.at,
      phase.status === 'invited' ? phase.seenAt : 0,
      s.epoch,
      s.team,
      s.contact.name,
      s.contact.email,
      s.contact.verified ? 1 : 0,
      JSON.stringify(s.tags),
      JSON.stringify(s.goals),
      s.rating ? JSON.stringify(s.rating) : null,
      s.blockedUntil,
      fold(`${s.contact.name} ${s.contact.email}`),
    ],
    always: [
      s.lastMessageAt,
      s.awaitingSince,
      s.seq,
      s.rev,
      s.shownRev,
      s.visitorMarks.delivered,
      s.visitorMarks.read,
      s.teamMarks.delivered,
      s.teamMarks.read,
      s.visitorSeq,
      phase.status === 'unassigned' ? phase.since : s.awaitingSince,
      chatSeq,
    ],
  };
}

/** Whether anything but what all decisions set is another: what a message does not touch is told by identity. */
export const changesMuch = (before: ChatState, after: ChatState): boolean =>
  before.phase !== after.phase ||
  before.epoch !== after.epoch ||
  before.team !== after.team ||
  before.contact !== after.contact ||
  before.tags !== after.tags ||
  before.goals !== after.goals ||
  before.rating !== after.rating ||
  before.blockedUntil !== after.blockedUntil;

export function conversationOfRow(row: Row): StoredConversation {
  const state: ChatState = {
    id: text(row, 'id'),
    workspace: text(row, 'workspace'),
    site: text(row, 'site'),
    source: text(row, 'source') as ChatSource,
    visitor: text(row, 'visitor'),
    cookieless: row['cookieless'] === 1,
    phase: phaseOf(row),
    epoch: number(row, 'epoch'),
    team: text(row, 'team'),
    contact: { name: text(row, 'name'), email: text(row, 'email'), verified: row['verified'] === 1 },
    tags: JSON.parse(text(row, 'tags')) as string[],
    goals: JSON.parse(text(row, 'goals')) as ChatState['goals'],
    startedAt: number(row, 'started_at'),
    lastMessageAt: number(row, 'last_message_at'),
    awaitingSince: number(row, 'awaiting_since'),
    seq: number(row, 'seq'),
    rev: number(row, 'rev'),
    shownRev: number(row, 'shown_rev'),
    visitorMarks: { delivered: number(row, 'visitor_delivered'), read: number(row, 'visitor_read') },
    teamMarks: { delivered: number(row, 'team_delivered'), read: number(row, 'team_read') },
    visitorSeq: number(row, 'visitor_seq'),
    rating: row['rating'] === null ? null : (JSON.parse(text(row, 'rating')) as ChatState['rating']),
    blockedUntil: number(row, 'blocked_until'),
  };
  return { state, chatSeq: number(row, 'chat_seq') };
}

function phaseOf(row: Row): Phase {
  const status = text(row, 'status') as Phase['status'];
  const agent = text(row, 'agent');
  const at = number(row, 'phase_at');
  switch (status) {
    case 'invited':
      return { status, agent, at, seenAt: number(row, 'seen_at') };
    case 'unassigned':
      return { status, since: at };
    case 'assigned':
      return { status, agent, since: at };
    case 'ai':
      return { status, ai: text(row, 'ai'), since: at };
    case 'resolved':
      return { status, at, lastAgent: agent };
  }
}

export const messageOfRow = (row: Row): Message => ({
  seq: number(row, 'seq'),
  rev: number(row, 'rev'),
  at: number(row, 'at'),
  from: { kind: text(row, 'from_kind') as Message['from']['kind'], id: text(row, 'from_id') },
  cid: text(row, 'cid'),
  body: JSON.parse(text(row, 'body')) as MessageBody,
  editedAt: number(row, 'edited_at'),
  gone: text(row, 'gone') as Message['gone'],
  answeredBy: number(row, 'answered_by'),
});

export const fileOfRow = (row: Row): FileRecord => ({
  id: text(row, 'id'),
  workspace: text(row, 'workspace'),
  sender: text(row, 'sender'),
  conversation: text(row, 'conversation'),
  seq: number(row, 'seq'),
  name: text(row, 'name'),
  type: text(row, 'type'),
  bytes: number(row, 'bytes'),
  width: number(row, 'width'),
  height: number(row, 'height'),
  sha256: text(row, 'sha256'),
  createdAt: number(row, 'created_at'),
});

export const cannedOfRow = (row: Row): CannedRecord => ({
  id: text(row, 'id'),
  workspace: text(row, 'workspace'),
  shortcut: text(row, 'shortcut'),
  text: text(row, 'text'),
  shared: row['shared'] === 1,
  createdBy: text(row, 'created_by'),
});

export const agentOfRow = (row: Row): AgentRecord => ({
  id: text(row, 'agent'),
  capacity: row['capacity'] === null ? null : number(row, 'capacity'),
  available: text(row, 'available') as AgentRecord['available'],
  load: number(row, 'load'),
  lastAssignedAt: number(row, 'last_assigned_at'),
});
