import all from '../../jest.config.ts';

const [unit] = all.projects;

/** The tests that mutants have to survive: those of domain and application. */
export default { ...unit, rootDir: '../..', testMatch: ['<rootDir>/tests/mutation/all.test.ts'] };
