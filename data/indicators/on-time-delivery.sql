-- Orders due in the month, and those of them whose last line came by the date first promised.
with due as (
  select date_trunc('month', promised_on) as period, region, segment, pilot, delivered_on <= promised_on as kept
  from orders
  where promised_on >= :from and promised_on < :to
)
select period, pilot, region, segment, count(*) filter (where kept) as numerator, count(*) as denominator
from due
group by grouping sets ((period), (period, region), (period, segment), (period, pilot))
having grouping(pilot) = 1 or pilot is not null
