import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matches } from './eventPattern.ts';

const EVENT = {
  source: 'aws.ecr',
  detail: { result: 'SUCCESS', 'image-tag': '1.0.0', 'image-tags': ['a', 'b'] },
};

describe('the evaluation of patterns', () => {
  for (const [pattern, expected] of [
    [{ source: ['aws.ecr'] }, true],
    [{ source: ['aws.s3', 'aws.ecr'] }, true],
    [{ source: ['aws.s3'] }, false],
    [{ source: ['aws.ecr'], detail: { result: ['FAILURE'] } }, false],
    [{ detail: { 'image-tag': [{ exists: true }] } }, true],
    [{ detail: { 'image-tag': [{ exists: false }] } }, false],
    [{ detail: { 'image-digest': [{ exists: false }] } }, true],
    [{ detail: { 'image-tags': ['b'] } }, true],
    [{ detail: { 'image-tags': ['c'] } }, false],
    [{ detail: { 'image-tag': [{ prefix: '1.' }] } }, true],
    [{ detail: { 'image-tag': [{ prefix: '2.' }] } }, false],
    [{ detail: { result: [{ 'anything-but': 'FAILURE' }] } }, true],
    [{ detail: { result: [{ 'anything-but': ['SUCCESS'] }] } }, false],
    [{ detail: { missing: [{ 'anything-but': 'x' }] } }, false],
    [{ region: { toString: ['x'] } }, false],
  ] as const) {
    it(`${expected ? 'takes' : 'refuses'} by ${JSON.stringify(
      pattern,
    )}`, () => {
      assert.equal(matches(pattern, EVENT), expected);
    });
  }

  it('throws for what it can’t evaluate', () => {
    for (const pattern of [
      { detail: { size: [{ numeric: ['>', 1] }] } },
      { source: 'aws.ecr' },
    ]) {
      assert.throws(() => matches(pattern, EVENT));
    }
  });
});
