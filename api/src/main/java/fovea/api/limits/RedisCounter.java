package fovea.api.limits;

import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts that several processes of the API share: a sorted set a window, judged and written in one
 * step by Redis' own clock. Where Redis does not answer, each process counts for itself.
 */
final class RedisCounter implements Counter {
  private static final Logger LOG = LoggerFactory.getLogger(RedisCounter.class);

  private static final String TAKE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local window = tonumber(ARGV[1])
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
      local used = redis.call('ZCARD', KEYS[1])
      local taken = 0
      if used < tonumber(ARGV[2]) then
        redis.call('ZADD', KEYS[1], now, ARGV[3])
        redis.call('PEXPIRE', KEYS[1], window)
        used = used + 1
        taken = 1
      end
      local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
      return {taken, used, oldest[2] + window - now}
      """;

  private final RedisClient redis;
  private final Counter fallback;

  RedisCounter(RedisClient redis, Counter fallback) {
    this.redis = redis;
    this.fallback = fallback;
  }

  @Override
  public Count take(String who, Limit limit) {
    try {
      List<?> answer =
          (List<?>)
              redis.eval(
                  TAKE,
                  List.of("fovea:limit:" + limit.name() + ":" + who),
                  List.of(
                      Long.toString(limit.window().toMillis()),
                      Integer.toString(limit.most()),
                      UUID.randomUUID().toString()));
      return new Count(
          number(answer, 0) == 1,
          (int) Math.max(0, limit.most() - number(answer, 1)),
          number(answer, 2));
    } catch (JedisException down) {
      LOG.warn("Redis does not answer, limits hold for this process alone: {}", down.getMessage());
      return fallback.take(who, limit);
    }
  }

  private static long number(List<?> answer, int place) {
    return ((Number) answer.get(place)).longValue();
  }

  @Override
  public void close() {
    redis.close();
    fallback.close();
  }
}
