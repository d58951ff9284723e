import { describeKills } from './support/describe-kills.js';

const WORKERS = ['kill worker', 'kill worker', 'kill worker', 'kill worker', 'kill worker'] as const;

describeKills('a Redmine on SQLite', 'killed-sqlite', [...WORKERS, 'kill redmine']);
