import { type YAMLMap, isMap, isNode, isSeq } from 'yaml';
import { VersionChangeError } from './refusal';
import { resourcesIn } from './formats/manifest';
import { entriesOf, type Place, slotAt, textAt, within } from './yaml/Place';
import { pairOf, textOf } from './yaml/Slot';
import { insertPair, removePair } from './yaml/pairs';
import { applyEdits, type TextEdit } from './yaml/TextEdit';
import { isShared, rangeOf, resolved, YamlFile } from './yaml/YamlFile';

/**
 * Where the Image Updater has the settings of an image: the annotations of an
 * Application, or an ImageUpdater.
 *
 * @public
 */
export interface HoldTarget {
  kind: 'Application' | 'ImageUpdater';
  namespace: string;
  name: string;
  /** Of the image in the list. */
  alias: string;
  /** Of an ImageUpdater: the application that it lists by this very name. */
  application: string;
  /** With registry host; for messages. */
  repository: string;
}

/** Ignores every tag, under each strategy. */
const HOLD_GLOB = '*';
const PREFIX = 'argocd-image-updater.argoproj.io';

/**
 * Whether an image's settings hold it at the version that it has.
 *
 * @public
 */
export function isHeld({ ignoreTags }: { ignoreTags: string[] }): boolean {
  return ignoreTags.includes(HOLD_GLOB);
}

/**
 * Whether a file has the settings of an image; never throws for a file that isn't
 * YAML, since any file of a repository may be tried.
 *
 * @public
 */
export function hasHoldTarget(
  { path, text }: { path: string; text: string },
  target: HoldTarget,
): boolean {
  if (!text.includes(target.name) || !text.includes(target.kind)) {
    return false;
  }
  try {
    return settingsOf(YamlFile.parse(path, text), target).length > 0;
  } catch (error) {
    if (error instanceof VersionChangeError) {
      return false;
    }
    throw error;
  }
}

/**
 * Tells the Image Updater to leave an image alone, whatever is pushed: `*` is added
 * to its `ignore-tags`. The rest of the file stays as it is.
 *
 * @throws VersionChangeError if the settings aren't there, or others share them
 *
 * @public
 */
export function holdUpdates(
  { path, text }: { path: string; text: string },
  target: HoldTarget,
): string {
  const file = YamlFile.parse(path, text);
  const settings = onlySettings(file, target);
  const edit =
    target.kind === 'Application'
      ? holdByAnnotation(settings, target)
      : holdByResource(settings);
  return edit === 'held'
    ? text
    : applyEdits(text, [checked(edit, file, target)]);
}

/**
 * Undoes `holdUpdates`: what was ignored before stays ignored.
 *
 * @throws VersionChangeError if nothing holds it there
 *
 * @public
 */
export function resumeUpdates(
  { path, text }: { path: string; text: string },
  target: HoldTarget,
): string {
  const file = YamlFile.parse(path, text);
  const settings = onlySettings(file, target);
  const edit =
    target.kind === 'Application'
      ? resumeByAnnotation(settings, target)
      : resumeByResource(settings);
  if (!edit) {
    throw new VersionChangeError({
      code: 'change.not-held',
      parameters: { repository: target.repository },
    });
  }
  return applyEdits(text, [edit]);
}

/** The annotations of the Application, or the image's entry of the ImageUpdater. */
function settingsOf(file: YamlFile, target: HoldTarget): Place[] {
  const resources = resourcesIn(file, target.kind, target);
  if (target.kind === 'Application') {
    return resources.flatMap(
      resource => within(within(resource, 'metadata'), 'annotations') ?? [],
    );
  }
  return resources
    .flatMap(resource =>
      entriesOf(within(within(resource, 'spec'), 'applicationRefs')),
    )
    .filter(ref => textAt(ref, 'namePattern') === target.application)
    .flatMap(ref => entriesOf(within(ref, 'images')))
    .filter(image => textAt(image, 'alias') === target.alias);
}

function onlySettings(file: YamlFile, target: HoldTarget): Place {
  if (target.alias === '') {
    throw new VersionChangeError({
      code: 'change.hold-without-alias',
      parameters: { repository: target.repository },
    });
  }
  const [settings, ...others] = settingsOf(file, target);
  const { document, around, node, key } = settings ?? {};
  if (!settings || others.length > 0 || !document) {
    throw notFound(file, target);
  }
  if (isShared(document, [...(around ?? []), node])) {
    throw new VersionChangeError({
      code: 'change.version-shared',
      parameters: { key: key ?? '', path: file.path },
    });
  }
  return settings;
}

function notFound(file: YamlFile, target: HoldTarget): VersionChangeError {
  return new VersionChangeError({
    code: 'change.hold-not-found',
    parameters: {
      repository: target.repository,
      resource: `${target.kind} ${target.namespace}/${target.name}`,
      url: file.path,
    },
  });
}

function checked(
  edit: TextEdit | undefined,
  file: YamlFile,
  target: HoldTarget,
): TextEdit {
  if (!edit) {
    throw notFound(file, target);
  }
  return edit;
}

function keyOf({ alias }: HoldTarget): string {
  return `${PREFIX}/${alias}.ignore-tags`;
}

function globsOf(text: string): string[] {
  return text
    .split(',')
    .map(glob => glob.trim())
    .filter(glob => glob !== '');
}

function holdByAnnotation(
  annotations: Place,
  target: HoldTarget,
): TextEdit | 'held' | undefined {
  const key = keyOf(target);
  const slot = slotAt(annotations, key);
  if (slot) {
    const globs = globsOf(slot.value ?? '');
    return globs.includes(HOLD_GLOB)
      ? 'held'
      : slot.edit([...globs, HOLD_GLOB].join(', '));
  }
  const map = mapOf(annotations);
  return (
    map && insertPair(annotations.file, map, { key, value: `"${HOLD_GLOB}"` })
  );
}

function resumeByAnnotation(
  annotations: Place,
  target: HoldTarget,
): TextEdit | undefined {
  const slot = slotAt(annotations, keyOf(target));
  const map = mapOf(annotations);
  const pair = map && pairOf(map, keyOf(target));
  const globs = globsOf(slot?.value ?? '');
  if (!slot || !map || !pair || !globs.includes(HOLD_GLOB)) {
    return undefined;
  }
  const others = globs.filter(glob => glob !== HOLD_GLOB);
  return others.length > 0
    ? slot.edit(others.join(', '))
    : removePair(annotations.file, map, pair);
}

function holdByResource(image: Place): TextEdit | 'held' | undefined {
  const { file } = image;
  const settings = within(image, 'commonUpdateSettings');
  const map = mapOf(settings);
  const list = listOf(within(settings, 'ignoreTags'));
  if (list && globsIn(list).includes(HOLD_GLOB)) {
    return 'held';
  }
  const [first] = list?.items ?? [];
  if (isNode(first)) {
    const { start } = rangeOf(first);
    const line = file.text.lastIndexOf('\n', start - 1) + 1;
    const separator = list?.flow
      ? ', '
      : `${file.newline}${file.text.slice(line, start)}`;
    return { start, end: start, text: `"${HOLD_GLOB}"${separator}` };
  }
  if (map && !pairOf(map, 'ignoreTags') && map.items.length > 0) {
    return insertPair(file, map, {
      key: 'ignoreTags',
      value: `["${HOLD_GLOB}"]`,
    });
  }
  const entry = mapOf(image);
  return settings || !entry
    ? undefined
    : insertPair(file, entry, {
        key: 'commonUpdateSettings',
        value: `{"ignoreTags": ["${HOLD_GLOB}"]}`,
      });
}

function resumeByResource(image: Place): TextEdit | undefined {
  const { file } = image;
  const settings = within(image, 'commonUpdateSettings');
  const list = listOf(within(settings, 'ignoreTags'));
  const map = mapOf(settings);
  const entry = mapOf(image);
  const index = list ? globsIn(list).indexOf(HOLD_GLOB) : -1;
  if (!list || !map || !entry || index < 0) {
    return undefined;
  }
  const whole = pairOf(entry, 'commonUpdateSettings');
  const ignored = pairOf(map, 'ignoreTags');
  if (list.items.length > 1) {
    const node = list.items[index];
    const next = list.items[index + 1];
    const before = list.items[index - 1];
    if (!isNode(node)) {
      return undefined;
    }
    if (isNode(next)) {
      return { start: rangeOf(node).start, end: rangeOf(next).start, text: '' };
    }
    return isNode(before)
      ? { start: rangeOf(before).end, end: rangeOf(node).end, text: '' }
      : undefined;
  }
  if (map.items.length > 1) {
    return ignored && removePair(file, map, ignored);
  }
  return whole && removePair(file, entry, whole);
}

function mapOf(place: Place | undefined): YAMLMap | undefined {
  const node = place && resolved(place.document, place.node);
  return isMap(node) ? node : undefined;
}

function listOf(place: Place | undefined) {
  const node = place && resolved(place.document, place.node);
  return isSeq(node) ? node : undefined;
}

function globsIn(list: { items: unknown[] }): string[] {
  return list.items.map(item => textOf(item) ?? '');
}
