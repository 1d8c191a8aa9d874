import { h } from 'preact';
import type { FormField } from '@foyer/protocol/link';
import { Form } from './fields.tsx';
import { submit } from './acts.ts';
import { state } from './state.ts';

/** A form that somebody sent. Once it is answered, its answer stands below it. */
export const MessageForm = ({
  seq,
  body,
}: {
  readonly seq: number;
  readonly body: { readonly text: string; readonly fields: readonly FormField[] };
}) => (
  <Form
    id={`m${seq}`}
    class="say form"
    title={body.text}
    of={body.fields}
    label={state.texts.send}
    onDone={(values) =>
      submit(
        seq,
        Object.entries(values).map(([id, value]) => ({ id, value })),
      )
    }
  />
);
