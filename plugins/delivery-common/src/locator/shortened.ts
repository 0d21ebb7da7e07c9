/** Shortens text from outside so that it fits into a message. @internal */
export function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
