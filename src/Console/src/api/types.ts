/** The answers of the REST API that the console reads. */

export interface Feature { name: string; numeric: boolean }
export interface Schema { eventTypes: string[]; itemFeatures: Feature[]; userFeatures: Feature[]; contextFeatures: Feature[] }

export type Features = Record<string, string>;
export interface Item { itemId: string; features: Features; events?: number }
export interface ItemsPage { items: Item[]; next?: string; countedAt?: string }
export interface UsersPage { users: string[]; next?: string }
export interface ItemDays { itemId: string; days: { day: string; events: Record<string, number> }[] }
export interface SimilarItems { version: string; items: { itemId: string; similarity: number; features: Features }[] }

export interface Attention { itemId: string; timestamp: string; weight: number }
export interface RankedItem { itemId: string; score: number; scores: Record<string, number>; unknownItem?: boolean; attention?: Attention[] }
export interface ModelReference { version: string; variant: string; experiment?: string; scoresAreProbabilities: boolean }
export interface Ranking { rankingId: string; source: 'model' | 'popularity'; model?: ModelReference; historyLength: number; items: RankedItem[]; unavailableItems?: string[] }

export interface Behaviour { eventId: string; userId: string; itemId: string; type: string; timestamp: string; rankingId?: string; context?: Features }
export interface LoggedRanking {
  rankingId: string; userId: string; modelVersion?: string; timestamp: string; items: { itemId: string; score: number }[];
  experiment?: string; arm?: string; candidateCount?: number;
}
export interface RecentUser { userId: string; features: Features; behaviours: Behaviour[]; rankings: LoggedRanking[] }
export interface UserPage { userId: string; features: Features; behaviours: Behaviour[]; rankings: LoggedRanking[]; next?: string }

export interface ModelVersion {
  version: string; kind: string; publishedAt: string; metrics: Record<string, number>; scoresAreProbabilities: boolean; refusedBecause?: string; waitsBecause?: string;
}
export interface SiloModels {
  silo: string; serving?: string; loaded: string[]; refused: Record<string, string>; failing: Record<string, string>;
  scorers: Record<string, { kernel: string; reason: string }>;
}
export interface Models { active?: string; target?: string; retiring?: string; versions: ModelVersion[]; silos: SiloModels[] }
export interface CalibrationBin { predicted: number; observed: number; samples: number }
export interface TaskCalibration { task: string; bins: CalibrationBin[] }
export interface ModelDescription {
  version: string; kind: string; createdAt: string; startedFrom?: string; options: unknown; from?: string; until?: string; events: number;
  calibration?: TaskCalibration[];
}

export interface TrainingStep { epoch: number; epochs: number; step: number; steps: number; samplesPerSecond: number; loss?: number }
export interface TrainingPoint { epoch: number; loss?: number; samplesPerSecond: number; auc?: number; gauc?: number; logLoss?: number }
export interface Gate { name: string; passed: boolean; value?: number; champion?: number; limit?: number; note?: string }
export interface Training {
  id: string; trigger: string; reason?: string; state: 'waiting' | 'running' | 'gating' | 'published' | 'rejected' | 'failed';
  requestedAt: string; startedAt?: string; endedAt?: string; worker?: string; attempt: number; failures: number; notBefore?: string;
  progress?: TrainingStep; curve: TrainingPoint[]; gates: Gate[]; version?: string; waitsBecause?: string; startedFrom?: string; dataUntil?: string; error?: string;
}
export interface TrainingsPage { trainings: Training[]; next?: string }

export interface Difference { estimate: number; low: number; high: number }
export interface TaskReport { task: string; positives: number; rate?: number; difference?: Difference; logLoss?: number; calibration?: number }
export interface Arm {
  arm: string; version?: string; share?: number; users: number; rankings: number; errors: number; shown: number; latencyP50?: number; latencyP99?: number;
  tasks: TaskReport[]; shadowComparison?: { compared: number; overlapAt10: number; kendallTau: number; meanScore: number; championMeanScore: number };
}
export interface Experiment {
  name: string; mode: 'shadow' | 'canary' | 'split'; status: 'running' | 'promoting' | 'promoted' | 'rolledBack' | 'stopped'; reason?: string; winner?: string;
  startedAt: string; endedAt?: string; championVersion?: string; stage: { number: number; shadow: boolean; percent: number; since: string };
  ramp?: number[]; guards?: { measure: string; limit: number; minimumRankings: number }[]; splitAlarm?: string; arms: Arm[];
}

export interface Key { id: string; note: string; scopes: string[]; createdAt: string; expiresAt?: string; lastUsedAt?: string; revokedAt?: string }

export interface Silo {
  silo: string; name: string; startedAt: string; scores: boolean; queue: number; queueLimit: number; rankings: number; rankingsPerSecond: number;
  processorPercent?: number; memoryBytes: number; memoryLimitBytes: number;
}
export interface Cluster { silos: Silo[] }
export interface Setting { name: string; value?: string; isGiven: boolean; isSecret?: boolean }
export interface SettingsSection { section: string; settings: Setting[] }
export interface Settings { sections: SettingsSection[] }

export interface ClickHour { hour: string; shown: number; positives: number; scored: number; expected: number }
export interface Overview {
  at: string;
  gateway: {
    since: string; rankings: number[]; events: number[]; failed: number[]; refused: number[];
    p50?: number; p99?: number; rankingsPerSecond: number; eventsPerSecond: number;
  };
  model: { source: 'model' | 'popularity'; active?: string; target?: string; kind?: string; publishedAt?: string };
  cluster: { silos: number; rankingsPerSecond: number; queue: number; queueLimit: number };
  clicks?: { task: string; version: string; userShare: number; hours: ClickHour[] };
}
