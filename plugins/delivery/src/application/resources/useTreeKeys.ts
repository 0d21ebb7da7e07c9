import { useRef, type KeyboardEvent } from 'react';
import type { TreeLine } from './tree';

interface TreeKeys {
  /** Registers the element of a line. */
  refOf(id: string): (element: HTMLElement | null) => void;
  onKeyDown(event: KeyboardEvent): void;
}

/**
 * The keys of the tree pattern of ARIA: up, down, home and end move, right opens or
 * enters, left closes or leaves, and enter acts.
 *
 * @internal
 */
export function useTreeKeys(options: {
  lines: readonly TreeLine[];
  current: string | undefined;
  /** The line that gets the focus once it is on the page. */
  focusAtFirst: string | undefined;
  onFocus(id: string): void;
  onToggle(id: string): void;
  onAct(line: TreeLine): void;
}): TreeKeys {
  const { lines, current, onFocus, onToggle, onAct } = options;
  const elements = useRef(new Map<string, HTMLElement>());
  const awaited = useRef(options.focusAtFirst);
  const focus = (id: string | undefined) => {
    if (id !== undefined) {
      onFocus(id);
      elements.current.get(id)?.focus();
    }
  };
  const idAt = (index: number) => lines.at(index)?.item.node.id;

  const onKeyDown = (event: KeyboardEvent) => {
    const index = lines.findIndex(({ item }) => item.node.id === current);
    const line = lines[index];
    if (!line || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const { id } = line.item.node;
    const actions: Record<string, () => void> = {
      ArrowDown: () => focus(idAt(Math.min(index + 1, lines.length - 1))),
      ArrowUp: () => focus(idAt(Math.max(index - 1, 0))),
      Home: () => focus(idAt(0)),
      End: () => focus(idAt(-1)),
      ArrowRight: () => {
        if (line.isOpen === false) {
          onToggle(id);
        } else if (line.isOpen) {
          focus(line.item.children[0].node.id);
        }
      },
      ArrowLeft: () => (line.isOpen ? onToggle(id) : focus(line.parent)),
      Enter: () => onAct(line),
      ' ': () => onAct(line),
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  };

  return {
    refOf: id => element => {
      if (element) {
        elements.current.set(id, element);
        if (awaited.current === id) {
          awaited.current = undefined;
          element.focus();
        }
      } else {
        elements.current.delete(id);
      }
    },
    onKeyDown,
  };
}
