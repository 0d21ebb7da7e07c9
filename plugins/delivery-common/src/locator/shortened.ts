/** Shortens text from outside so that it fits into a message. @internal */
export function shortened(text: string, maxLength = 100): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
