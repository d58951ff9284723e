import { existsSync, readFileSync } from 'node:fs';

const ENGLISH = readFileSync('README.md', 'utf8');
const JAPANESE = readFileSync('README.ja.md', 'utf8');

/** What a machine reads: code between backquotes, in whichever order. Values that stand for "the default" may differ. */
function codeIn(text: string): readonly string[] {
  const withoutBlocks = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...new Set([...withoutBlocks.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code))].toSorted();
}

/** Blocks to copy, without what is said behind a `#` or an arrow. */
function blocksIn(text: string): readonly string[] {
  return [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, block = '']) =>
    block.replace(/ +(#|<-) .*$/gm, ''),
  );
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((to) => !to.startsWith('README'));
}

/** Headings, points and rows of tables, in order. */
function shapeOf(text: string): readonly string[] {
  return [...text.matchAll(/^(#+|- |\| )/gm)].map(([mark]) => mark.trim());
}

describe('the README', () => {
  it('has the same commands, names and links in Japanese', () => {
    expect(blocksIn(JAPANESE)).toEqual(blocksIn(ENGLISH));
    expect(codeIn(JAPANESE)).toEqual(codeIn(ENGLISH));
    expect(linksIn(JAPANESE).toSorted()).toEqual(linksIn(ENGLISH).toSorted());
  });

  it('has as many sections and points in Japanese', () => {
    expect(shapeOf(JAPANESE)).toEqual(shapeOf(ENGLISH));
  });

  it.each(linksIn(ENGLISH))('links to %s, which there is', (target) => {
    expect(existsSync(target)).toBe(true);
  });
});
