import type { englishMessages } from './english';

type Catalogue = typeof englishMessages;

/** The parts of the catalogue. @public */
export type MessageTopic = keyof Catalogue;

/** `{{name}}` in a template. */
type Placeholders<Template> =
  Template extends `${string}{{${infer Name}}}${infer Rest}`
    ? Name | Placeholders<Rest>
    : never;

/**
 * The value of a parameter: text that is shown as it is (a version, a name, the
 * message of another system), or other messages, which are translated too.
 *
 * @public
 */
export type MessageParameter = string | readonly Message[] | Message;

/** @public */
export type MessageParameters<Template> = {
  [Name in Placeholders<Template>]: MessageParameter;
};

/**
 * A code of one part of the catalogue with the parameters of its template.
 *
 * @public
 */
export type MessageOf<Topic extends MessageTopic> = {
  [Code in keyof Catalogue[Topic] & string]: {
    code: `${Topic}.${Code}`;
    parameters: MessageParameters<Catalogue[Topic][Code]>;
  };
}[keyof Catalogue[Topic] & string];

/**
 * A sentence as data: its place in the catalogue, and the parameters of the
 * template there.
 *
 * @public
 */
export type Message = {
  [Topic in MessageTopic]: MessageOf<Topic>;
}[MessageTopic];

/** @public */
export type MessageCode = Message['code'];

/**
 * A message that may come from another release, with codes and parameters that
 * this one doesn't know.
 *
 * @public
 */
export interface AnyMessage {
  code: string;
  parameters: Readonly<
    Record<string, string | AnyMessage | readonly AnyMessage[]>
  >;
  /** The sentence in English, from the release that sent it. */
  message?: string;
}

/**
 * Something as the API sends it: with its sentence in English.
 *
 * @public
 */
export type Described<T> = T & { message: string };
