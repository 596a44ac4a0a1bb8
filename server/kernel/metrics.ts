// What can be watched from outside, in Prometheus' words. Names begin with `lectern_`.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** A fresh set of meters; one a process (tests assemble several). */
export function openMetrics() {
  const registers = [new Registry()]
  const register = registers[0] as Registry
  collectDefaultMetrics({ register, prefix: 'lectern_' })
  const ms = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]
  return {
    register,
    sockets: new Gauge({ name: 'lectern_sockets', help: 'Open sockets', registers }),
    rooms: new Gauge({ name: 'lectern_classes_hosted', help: 'Classes with somebody on this node', registers }),
    unsent: new Gauge({ name: 'lectern_unsent_bytes', help: 'Bytes waiting for slow readers', registers }),
    commands: new Counter({ name: 'lectern_commands_total', help: 'Commands by name and code of the outcome', labelNames: ['command', 'code'], registers }),
    commandMs: new Histogram({ name: 'lectern_command_ms', help: 'Received to acked, in milliseconds', labelNames: ['command'], buckets: ms, registers }),
    batch: new Histogram({ name: 'lectern_commit_batch_size', help: 'Commands a commit', buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500], registers }),
    commitMs: new Histogram({ name: 'lectern_commit_ms', help: 'A batch, from its lock to its commit, in milliseconds', buckets: ms, registers }),
    joinMs: new Histogram({ name: 'lectern_join_ms', help: 'A join, in milliseconds', buckets: ms, registers }),
    joins: new Counter({ name: 'lectern_joins_total', help: 'Joins by what they were answered with', labelNames: ['with'], registers }),
    sharedReads: new Counter({ name: 'lectern_snapshot_shared_reads_total', help: 'Reads of what all in a class share', registers }),
    ownReads: new Counter({ name: 'lectern_snapshot_own_reads_total', help: 'Gathered reads of what is each one\'s own', registers }),
    packets: new Counter({ name: 'lectern_push_packets_total', help: 'Push packets, encoded once an audience and turn', registers }),
    pushes: new Counter({ name: 'lectern_pushes_total', help: 'Pushes told', registers }),
    keysAgain: new Counter({ name: 'lectern_keys_again_total', help: 'Commands answered from a key that was seen before', registers }),
    slow: new Counter({ name: 'lectern_slow_readers_total', help: 'Slow readers by what was done', labelNames: ['done'], registers }),
    disconnects: new Counter({ name: 'lectern_disconnects_total', help: 'Disconnects by reason', labelNames: ['reason'], registers }),
    refusedHandshakes: new Counter({ name: 'lectern_refused_handshakes_total', help: 'Refused handshakes by code', labelNames: ['code'], registers }),
    redisUp: new Gauge({ name: 'lectern_redis_up', help: 'Whether what nodes tell each other over Redis is heard: 1, or 0 while it is away', registers }),
    redisErrors: new Counter({ name: 'lectern_redis_errors_total', help: 'Errors of the connections to Redis', registers }),
    untold: new Counter({ name: 'lectern_pushes_untold_total', help: 'Pushes that other nodes were not told of, since Redis was away', registers }),
    databaseUp: new Gauge({ name: 'lectern_database_up', help: 'Whether the database answered when it was last asked', registers }),
    repaired: new Counter({ name: 'lectern_frames_repaired_total', help: 'Frames that were not heard of from another node and read from the database', registers }),
    jumped: new Counter({ name: 'lectern_streams_jumped_total', help: 'Streams of which too much was missed to tell it, so that everybody joins again', registers }),
    revoked: new Counter({ name: 'lectern_revocations_heeded_total', help: 'Revocations heeded, by where they were heard of', labelNames: ['from'], registers }),
    epochs: new Counter({ name: 'lectern_epoch_changes_total', help: 'Times the memory of the database was found to be another one', registers }),
    draining: new Gauge({ name: 'lectern_draining', help: 'Whether this node moves its people on and takes no more', registers }),
    waiting: new Gauge({ name: 'lectern_commands_waiting', help: 'Commands that wait for their turn at the database', registers }),
    timers: new Counter({ name: 'lectern_timer_errors_total', help: 'Errors of what is done by the clock', registers }),
    jobErrors: new Counter({ name: 'lectern_job_errors_total', help: 'Errors of jobs', registers }),
    retries: new Counter({ name: 'lectern_commit_retries_total', help: 'Batches decided again by reason', labelNames: ['reason'], registers }),
  }
}
export type Metrics = ReturnType<typeof openMetrics>
