import { Expose, plainToInstance, Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  Validate,
  validateSync,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { AlertStatus } from '../../../domain/alert/alert.js';
import { parseInstant } from '../../../domain/time/instant.js';
import { hasPair, problemWithPairs } from './name-values.js';
import { adornmentOrNull } from './storable-text.js';

/** More cannot come from Alertmanager within the size limit; a body of empty objects could hold millions. */
const MAX_ALERTS = 100_000;

@ValidatorConstraint({ name: 'isRfc3339' })
class IsRfc3339 implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && parseInstant(value) !== null;
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} must be an RFC 3339 time such as 2026-06-16T11:46:00Z`;
  }
}

@ValidatorConstraint({ name: 'isNameValueMap' })
class IsNameValueMap implements ValidatorConstraintInterface {
  validate(value: unknown, { property }: ValidationArguments): boolean {
    return problemWithPairs(property, value) === null;
  }

  defaultMessage({ property, value }: ValidationArguments): string {
    return problemWithPairs(property, value) ?? '';
  }
}

@ValidatorConstraint({ name: 'hasValue' })
class HasValue implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return hasPair(value);
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} must have at least one entry with a value`;
  }
}

/** The body of a webhook. Unknown fields are ignored, for Alertmanager adds some in minor versions. */
export class AlertmanagerWebhookDto {
  receiver!: string | null;

  externalURL!: string | null;

  @ArrayMaxSize(MAX_ALERTS, { message: `alerts must have at most ${MAX_ALERTS} entries` })
  @IsArray({ message: 'alerts must be a list' })
  alerts!: unknown;

  static from(body: Readonly<Record<string, unknown>>): AlertmanagerWebhookDto {
    const dto = new AlertmanagerWebhookDto();
    dto.receiver = adornmentOrNull(body['receiver']);
    dto.externalURL = adornmentOrNull(body['externalURL']);
    dto.alerts = body['alerts'];
    return dto;
  }

  /** The alerts as they were sent. */
  list(): readonly unknown[] {
    return Array.isArray(this.alerts) ? this.alerts : [];
  }
}

/** One alert of it, as real Alertmanagers send it or as the shortest curl command does. */
export class AlertDto {
  @Expose()
  @IsIn(['firing', 'resolved'], { message: 'status must be "firing" or "resolved"' })
  status!: AlertStatus;

  @Validate(HasValue)
  @Validate(IsNameValueMap)
  labels!: unknown;

  @IsOptional()
  @Validate(IsNameValueMap)
  annotations!: unknown;

  @Expose()
  @IsOptional()
  @Validate(IsRfc3339)
  startsAt!: string | null | undefined;

  @Expose()
  @IsOptional()
  @Validate(IsRfc3339)
  endsAt!: string | null | undefined;

  @Expose()
  @Transform(({ value }) => adornmentOrNull(value))
  generatorURL!: string | null;

  @Expose()
  @Transform(({ value }) => adornmentOrNull(value))
  fingerprint!: string | null;

  /**
   * Labels and annotations bypass class-transformer: it walks into every value before a transformation can stop it,
   * throws at a label named `constructor` and drops `__proto__` and `hasOwnProperty`.
   */
  static from(alert: Readonly<Record<string, unknown>>): AlertDto {
    const scalars = {
      status: scalar(alert['status']),
      startsAt: scalar(alert['startsAt']),
      endsAt: scalar(alert['endsAt']),
      generatorURL: scalar(alert['generatorURL']),
      fingerprint: scalar(alert['fingerprint']),
    };
    const dto = plainToInstance(AlertDto, scalars, { excludeExtraneousValues: true });
    dto.labels = alert['labels'];
    dto.annotations = alert['annotations'];
    return dto;
  }
}

/** An object where text belongs becomes `false`: just as wrong, and nothing to walk into. */
function scalar(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? false : value;
}

/** Everything that is wrong with a DTO, naming its fields; null when nothing is. */
export function problemWith(dto: AlertmanagerWebhookDto | AlertDto): string | null {
  const errors = validateSync(dto, { forbidUnknownValues: true, stopAtFirstError: true });
  if (errors.length === 0) return null;
  return errors.flatMap((error) => Object.values(error.constraints ?? {})).join('; ');
}
