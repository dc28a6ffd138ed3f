-- Working days from enquiry to payment, of the orders paid in the month.
with paid as (
  select date_trunc('month', paid_on) as period, region, pilot, working_days
  from orders
  where paid_on >= :from and paid_on < :to
)
select period, pilot, region, round(cast(avg(working_days) as decimal(12, 6)), 2) as value
from paid
group by grouping sets ((period), (period, region), (period, pilot))
having grouping(pilot) = 1 or pilot is not null
