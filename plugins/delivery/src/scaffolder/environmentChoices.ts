import { textsOf } from './formValues';

/** An environment as a checkbox. @internal */
export interface EnvironmentChoice {
  name: string;
  /** It was chosen, but isn't offered: it can only be removed. */
  isUnknown?: boolean;
}

/**
 * The environments to choose from, in their order. A template may support only some
 * of them, which its schema lists.
 *
 * @internal
 */
export function environmentChoices(
  offered: readonly string[],
  schema: { items?: unknown },
  chosen: readonly string[],
): EnvironmentChoice[] {
  const supported = supportedBy(schema);
  const names =
    offered.length === 0
      ? supported ?? []
      : offered.filter(name => !supported || supported.includes(name));
  return [
    ...names.map(name => ({ name })),
    ...chosen
      .filter(name => !names.includes(name))
      .map(name => ({ name, isUnknown: true })),
  ];
}

/** The chosen environments after a click, in their order. @internal */
export function toggled(
  choices: readonly EnvironmentChoice[],
  chosen: readonly string[],
  name: string,
): string[] {
  return choices
    .map(choice => choice.name)
    .filter(each =>
      each === name ? !chosen.includes(each) : chosen.includes(each),
    );
}

function supportedBy({ items }: { items?: unknown }): string[] | undefined {
  return typeof items === 'object' && items !== null && 'enum' in items
    ? textsOf(items.enum)
    : undefined;
}
