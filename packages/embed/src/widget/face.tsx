import { Fragment, h } from 'preact';
import { PERSON, SPARK, Icon } from './icon.tsx';
import { initialsOf, toneOf } from './person.ts';
import { absolute } from './tracker.ts';

export interface Somebody {
  readonly kind?: string;
  readonly name: string;
  readonly face: string;
}
/** A face before a name; initials where there is no picture; an AI agent has an icon, never a face. Decorative. */
export const Face = ({ of: { kind, name, face }, tone }: { readonly of: Somebody; readonly tone?: string }) =>
  kind === 'ai' ? (
    <span class="face bot" aria-hidden="true">
      <Icon d={SPARK} />
    </span>
  ) : face ? (
    <img class="face" src={absolute(face)} alt="" />
  ) : (
    <span class="face" aria-hidden="true" style={{ background: tone ?? toneOf(name) }}>
      {name ? initialsOf(name) : <Icon d={PERSON} />}
    </span>
  );
/** Side by side no two look alike. */
export const Faces = ({ of: people }: { readonly of: readonly Somebody[] }) => {
  let tone = '';
  return (
    <Fragment>
      {people.map((one) => (
        <Face key={one.name} of={one} tone={(tone = toneOf(one.name, tone))} />
      ))}
    </Fragment>
  );
};
