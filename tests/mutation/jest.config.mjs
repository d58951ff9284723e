import all from '../../jest.config.ts';

const [unit] = all.projects;

/** The tests that are to find the mutants: those of domain and application. */
// oxlint-disable-next-line import/no-default-export -- jest reads its configuration so
export default { ...unit, rootDir: '../..', testMatch: ['<rootDir>/tests/mutation/all.test.ts'] };
